export default function register(io) {
  // region: greet
  io.on('connection', (socket) => {
    socket.emit('hello', { name: 'asha' });
  });
  // endregion
}
