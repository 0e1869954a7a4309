export default function register(io) {
  // region: door
  const exam = io.of('/exam');

  exam.use((socket, next) => {
    if (socket.handshake.auth.ticket === 'blue') next();
    else next(new Error('no_ticket'));
  });

  exam.on('connection', (socket) => {
    socket.emit('questions', 3);
  });
  // endregion
}
