export default function register(io) {
  io.on('connection', (socket) => {
    // region: why
    socket.on('disconnect', (reason) => {
      socket.broadcast.emit('left', { why: reason });
    });
    // endregion

    socket.on('putMeOut', () => socket.disconnect());
  });
}
