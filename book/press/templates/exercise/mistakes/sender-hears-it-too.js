export default function register(io) {
  io.on('connection', (socket) => {
    socket.on('say', ({ text }, ack) => {
      io.emit('said', { text });
      ack({ ok: true });
    });
  });
}
