export default function register(io) {
  io.on('connection', (socket) => {
    // region: call
    socket.on('callMe', (ack) => {
      socket.to(socket.id).emit('fromTheSocket'); // leaves out this very socket: nobody is left
      io.to(socket.id).emit('fromTheServer');
      ack('done');
    });
    // endregion
  });
}
