let last = 0;

export default function register(io) {
  io.on('connection', (socket) => {
    // A socket is one tab. The person is whoever the handshake names.
    const { name } = socket.handshake.auth;
    socket.join(roomOf(name));

    socket.on('notify', ({ to, text }, ack) => {
      last += 1;
      ack({ ok: true, id: last });
      io.to(to).emit('notification', { id: last, from: name, text });
    });
  });
}

// The prefix keeps a client from naming another room, such as the one that every socket has of its own.
function roomOf(name) {
  return `person:${name}`;
}
