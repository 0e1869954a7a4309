export default function register(io) {
  const staff = io.of('/staff');

  // region: main
  io.on('connection', (socket) => {
    socket.on('ring', (ack) => {
      io.emit('bell');
      ack('ok');
    });
  });
  // endregion

  // region: staff
  staff.on('connection', (socket) => {
    socket.on('coffee', (ack) => {
      staff.emit('ready');
      ack('ok');
    });

    socket.on('disconnect', () => staff.emit('left'));
  });
  // endregion
}
