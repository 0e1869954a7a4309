export default function register(io) {
  // region: worlds
  const homework = io.of('/homework');

  io.on('connection', (socket) => {
    socket.on('say', (text) => io.emit('said', text));
  });

  homework.on('connection', (socket) => {
    socket.on('say', (text) => homework.emit('said', text));
  });
  // endregion
}
