const tabs = new Map(); // from each name to the socket
let last = 0;

export default function register(io) {
  io.on('connection', (socket) => {
    // A socket is one tab. The person is whoever the handshake names.
    const { name } = socket.handshake.auth;
    tabs.set(name, socket);

    socket.on('notify', ({ to, text }, ack) => {
      last += 1;
      ack({ ok: true, id: last });
      tabs.get(to)?.emit('notification', { id: last, from: name, text });
    });
  });
}
