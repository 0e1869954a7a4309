export default function register(io) {
  io.on('connection', (socket) => {
    // region: seat
    socket.on('takeSeat', (name, row) => {
      if (typeof name === 'string' && Number.isInteger(row)) {
        socket.emit('seatTaken', name, row);
      } else {
        socket.emit('whichRow');
      }
    });
    // endregion

    // region: hand
    socket.on('raiseHand', () => {
      io.emit('handRaised');
    });
    // endregion
  });
}
