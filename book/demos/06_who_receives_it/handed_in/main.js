export default function register(io) {
  io.on('connection', (socket) => {
    // region: label
    socket.on('handIn', () => {
      socket.join('done');
      socket.emit('thanks');
    });
    // endregion

    // region: to
    socket.on('openDoor', () => {
      io.to('done').emit('youMayGo');
    });
    // endregion

    // region: except
    socket.on('fiveMinutes', () => {
      io.except('done').emit('hurry');
    });
    // endregion

    // region: both
    socket.on('whoIsStuck', () => {
      socket.broadcast.except('done').emit('areYouStuck');
    });
    // endregion
  });
}
