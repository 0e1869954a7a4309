export default function register(io) {
  io.on('connection', (socket) => {
    socket.on('say', ({ text }) => {
      socket.broadcast.emit('said', { text });
    });
  });
}
