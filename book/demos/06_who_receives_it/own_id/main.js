export default function register(io) {
  io.on('connection', (socket) => {
    // region: call
    socket.on('callMe', () => {
      io.to(socket.id).emit('fromTheServer');
      socket.to(socket.id).emit('fromTheSocket');
      socket.emit('direct');
    });
    // endregion
  });
}
