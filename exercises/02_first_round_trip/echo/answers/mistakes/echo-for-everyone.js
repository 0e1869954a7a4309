export default function register(io) {
  io.on('connection', (socket) => {
    socket.on('say', ({ text }) => {
      io.emit('echo', { text });
    });
  });
}
