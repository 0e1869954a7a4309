export default function register(io) {
  io.on('connection', (socket) => {
    // region: push
    socket.on('cancelSports', () => {
      io.emit('sportsCancelled');
    });
    // endregion

    // region: answer
    socket.on('whatIsForLunch', () => {
      socket.emit('lunchIs', 'soup');
    });
    // endregion
  });
}
