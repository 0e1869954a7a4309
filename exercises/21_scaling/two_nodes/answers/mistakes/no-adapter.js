export default function register(io) {
  io.on('connection', (socket) => {
    socket.on('joinRoom', ({ roomId }, ack) => {
      socket.join(roomId);
      ack({ ok: true });
    });

    socket.on('sendMessage', ({ roomId, text }, ack) => {
      io.to(roomId).emit('receiveMessage', { roomId, text });
      ack({ ok: true });
    });
  });
}
