export default function register(io) {
  io.on('connection', (socket) => {
    socket.on('say', ({ text }, ack) => {
      ack({ ok: true, text });
    });
  });
}
