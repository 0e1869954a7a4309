// No rooms of socket.io: a Map of Sets says who is where, and each packet is sent on one line.
const rooms = new Map();

function tell(roomId) {
  const members = rooms.get(roomId) ?? [];
  for (const member of members) member.emit('online', { roomId, count: members.size });
}

function leave(socket, roomId) {
  if (!rooms.get(roomId)?.delete(socket)) return;
  if (rooms.get(roomId).size === 0) rooms.delete(roomId);
  tell(roomId);
}

export default function register(io) {
  io.on('connection', (socket) => {
    socket.on('joinRoom', ({ roomId }, ack) => {
      const id = `${roomId}`;
      const members = rooms.get(id) ?? new Set();
      rooms.set(id, members);
      const before = members.size;
      members.add(socket);
      ack({ ok: true });
      if (members.size > before) tell(id);
    });

    socket.on('leaveRoom', ({ roomId }, ack) => {
      ack({ ok: true });
      leave(socket, `${roomId}`);
    });

    socket.on('disconnect', () => {
      for (const id of [...rooms.keys()]) leave(socket, id);
    });
  });
}
