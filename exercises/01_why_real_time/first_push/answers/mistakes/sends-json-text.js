export default function register(io) {
  io.on('connection', (socket) => {
    socket.emit('welcome', JSON.stringify({ text: 'Good morning!' }));
  });
}
