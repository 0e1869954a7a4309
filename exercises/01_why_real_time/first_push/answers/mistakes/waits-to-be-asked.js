export default function register(io) {
  io.on('connection', (socket) => {
    socket.on('welcome', () => {
      socket.emit('welcome', { text: 'Good morning!' });
    });
  });
}
