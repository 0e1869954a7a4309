export default function register(io) {
  io.on('connection', (socket) => {
    // region: join
    socket.on('takeSeat', (subject, ack) => {
      socket.join(subject);
      ack('seated');
    });

    socket.on('standUp', (subject, ack) => {
      socket.leave(subject);
      ack('standing');
    });
    // endregion

    // region: bell
    socket.on('ring', (subject) => {
      io.to(subject).emit('bell', subject);
    });
    // endregion

    // region: hand
    socket.on('raiseHand', (subject) => {
      socket.to(subject).emit('hand', subject);
    });
    // endregion
  });
}
