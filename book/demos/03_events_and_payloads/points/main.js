export default function register(io) {
  io.on('connection', (socket) => {
    // region: points
    socket.on('givePoints', (points) => {
      socket.emit('pointsGiven', points + 1);
    });
    // endregion

    socket.on('ring', () => {
      socket.emit('bell');
    });
  });
}
