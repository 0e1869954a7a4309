export default function register(io) {
  io.on('connection', (socket) => {
    const { name } = socket.handshake.auth;

    socket.on('takeSeat', (subject, ack) => {
      socket.join(subject);
      ack('seated');
    });

    socket.on('watch', (ack) => {
      socket.join('caretakers');
      ack('watching');
    });

    // region: end
    const seats = () => [...socket.rooms].filter((room) => room !== socket.id);

    socket.on('disconnecting', (reason) => {
      io.to('caretakers').emit('leaving', { name, rooms: seats(), reason });
    });

    socket.on('disconnect', (reason) => {
      io.to('caretakers').emit('left', { name, rooms: seats(), reason });
    });
    // endregion
  });
}
