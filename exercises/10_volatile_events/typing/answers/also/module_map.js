// No rooms of socket.io: a Map of the module's own, and a volatile emit for each member.
const rooms = new Map();

export default function register(io) {
  io.on('connection', (socket) => {
    const { name } = socket.handshake.auth;
    const others = (roomId) => [...rooms.get(roomId)].filter((member) => member !== socket);

    socket.on('joinRoom', ({ roomId }, ack) => {
      rooms.set(roomId, (rooms.get(roomId) ?? new Set()).add(socket));
      ack({ ok: true });
    });

    socket.on('typing', ({ roomId, keys }) => {
      for (const member of others(roomId)) {
        for (let key = 0; key < keys; key++) member.volatile.emit('typing', { roomId, name });
      }
    });

    socket.on('sendLines', ({ roomId, lines }, ack) => {
      ack({ ok: true });
      lines.forEach((text) => rooms.get(roomId).forEach((one) => one.emit('message', { roomId, name, text })));
    });

    socket.on('disconnect', () => rooms.forEach((members) => members.delete(socket)));
  });
}
