export default function register(io) {
  io.on('connection', (socket) => {
    socket.send({ text: 'Good morning!' });
  });
}
