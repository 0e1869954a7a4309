export default function register(io) {
  io.on('connection', (socket) => {
    socket.on('hello', (ack) => ack?.('welcome'));
  });
}
