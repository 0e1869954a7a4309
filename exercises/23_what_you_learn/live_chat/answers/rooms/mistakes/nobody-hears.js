const rooms = new Map();

export default function register(io) {
  io.on('connection', (socket) => {
    const { name } = socket.handshake.auth;

    socket.on('join', (request, ack) => {
      socket.join(labelOf(request.room));
      ack({ ok: true });
    });

    socket.on('send', ({ room: id, text }, ack) => {
      if (!socket.rooms.has(labelOf(id))) {
        ack({ ok: false, error: 'not_a_member' });
        return;
      }
      const room = roomOf(id);
      room.last += 1;
      ack({ ok: true, id: room.last });
      io.to(room.id).emit('message', { room: id, id: room.last, name, text });
    });
  });
}

function roomOf(id) {
  const label = labelOf(id);
  if (!rooms.has(label)) rooms.set(label, { id, label, last: 0 });
  return rooms.get(label);
}

// The prefix keeps a client from naming another room, such as the one that every socket has of its own.
function labelOf(id) {
  return `room:${id}`;
}
