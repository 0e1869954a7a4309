export default function register(io) {
  io.on('connection', (socket) => {
    // region: ask
    socket.on('handIn', async () => {
      try {
        const sure = await socket.timeout(2000).emitWithAck('areYouSure');
        socket.emit(sure ? 'handedIn' : 'notHandedIn');
      } catch {
        socket.emit('notHandedIn'); // no answer within two seconds
      }
    });
    // endregion
  });
}
