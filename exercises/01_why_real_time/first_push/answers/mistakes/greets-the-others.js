export default function register(io) {
  io.on('connection', (socket) => {
    socket.broadcast.emit('welcome', { text: 'Good morning!' });
  });
}
