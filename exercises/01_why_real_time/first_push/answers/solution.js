export default function register(io) {
  io.on('connection', (socket) => {
    socket.emit('welcome', { text: 'Good morning!' });
  });
}
