export default function register(io) {
  io.on('connection', (socket) => {
    // region: photo
    socket.on('photo', (name, bytes, ack) => {
      socket.broadcast.emit('photo', name, bytes);
      ack({ got: bytes.length });
    });
    // endregion
  });
}
