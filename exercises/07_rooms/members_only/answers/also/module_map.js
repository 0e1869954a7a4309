// No rooms of socket.io at all: a Map of the module's own says who is where.
const members = new Map();
let messages = 0;

export default function register(io) {
  io.on('connection', (socket) => {
    socket.on('joinRoom', ({ roomId }, ack) => {
      if (!members.has(roomId)) members.set(roomId, new Set());
      members.get(roomId).add(socket);
      ack({ ok: true });
    });

    socket.on('sendMessage', ({ roomId, text }, ack) => {
      const room = members.get(roomId);
      if (!room?.has(socket)) return ack({ ok: false, error: 'not_a_member' });
      const id = ++messages;
      ack({ ok: true, id });
      for (const member of room) member.emit('receiveMessage', { id, roomId, text });
    });

    socket.on('disconnect', () => {
      for (const [roomId, room] of members) {
        room.delete(socket);
        if (room.size === 0) members.delete(roomId);
      }
    });
  });
}
