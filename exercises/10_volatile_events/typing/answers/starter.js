// Typing: what is stale may be dropped, what matters may not. The contract is in exercise.yaml.
//
// `volatile` in front of an emit means: if the line is busy, drop it.

export default function register(io) {
  io.on('connection', (socket) => {
    const { name } = socket.handshake.auth;

    socket.on('joinRoom', ({ roomId }, ack) => {
      socket.join(roomId);
      ack({ ok: true });
    });

    socket.on('typing', ({ keys }) => {
      // A burst in one event, to try out a busy line. A real page sends an event for each key, and no number.
      for (let key = 0; key < keys; key++) {
        // Are these the ones who have to know?
        for (const roomId of socket.rooms) socket.to(roomId).emit('typing', { roomId, name });
      }
    });

    socket.on('sendLines', ({ roomId, lines }, ack) => {
      for (const text of lines) {
        io.volatile.to(roomId).emit('message', { roomId, name, text });
      }
      ack({ ok: true });
    });
  });
}
