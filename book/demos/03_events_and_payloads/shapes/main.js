export default function register(io) {
  io.on('connection', (socket) => {
    // region: none
    socket.on('raiseHand', () => {
      socket.emit('handRaised');
    });
    // endregion

    // region: three
    socket.on('takeSeat', (name, row, byTheWindow) => {
      socket.emit('seatTaken', name, row, byTheWindow);
    });
    // endregion

    // region: list
    socket.on('formTeam', (names) => {
      socket.emit('teamFormed', names, names.length);
    });
    // endregion
  });
}
