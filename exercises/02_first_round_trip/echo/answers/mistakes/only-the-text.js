export default function register(io) {
  io.on('connection', (socket) => {
    socket.on('say', ({ text }) => {
      socket.emit('echo', text);
    });
  });
}
