export default function register(io) {
  io.on('connection', (socket) => {
    // region: ring
    socket.on('ring', () => {
      io.emit('bell');
    });
    // endregion
  });
}
