export default function register(io) {
  io.on('connection', (socket) => {
    const { name } = socket.handshake.auth;

    socket.on('joinRoom', ({ roomId }, ack) => {
      socket.join(roomId);
      ack({ ok: true });
    });

    socket.on('typing', ({ roomId, keys }) => {
      // A burst in one event, to try out a busy line. A real page sends an event for each key, and no number.
      for (let key = 0; key < keys; key++) {
        socket.volatile.to(roomId).emit('typing', { roomId, name });
      }
    });

    socket.on('sendLines', ({ roomId, lines }, ack) => {
      for (const text of lines) {
        io.to(roomId).emit('message', { roomId, name, text });
      }
      ack({ ok: true });
    });
  });
}
