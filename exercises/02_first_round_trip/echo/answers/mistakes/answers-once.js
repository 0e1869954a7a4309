export default function register(io) {
  io.on('connection', (socket) => {
    socket.once('say', ({ text }) => {
      socket.emit('echo', { text });
    });
  });
}
