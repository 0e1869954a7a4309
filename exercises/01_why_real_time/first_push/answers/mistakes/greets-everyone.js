export default function register(io) {
  io.on('connection', () => {
    io.emit('welcome', { text: 'Good morning!' });
  });
}
