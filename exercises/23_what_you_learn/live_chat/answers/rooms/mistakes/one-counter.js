const rooms = new Map();
let last = 0;

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
      last += 1;
      ack({ ok: true, id: last });
      io.to(room.label).emit('message', { room: id, id: last, name, text });
    });
  });
}

function roomOf(id) {
  const label = labelOf(id);
  if (!rooms.has(label)) rooms.set(label, { id, label });
  return rooms.get(label);
}

// The prefix keeps a client from naming another room, such as the one that every socket has of its own.
function labelOf(id) {
  return `room:${id}`;
}
