export default function register(io) {
  const staff = io.of('/staff');

  // region: door
  io.use((socket, next) => {
    if (socket.handshake.auth.name === 'mallory') next(new Error('not_you'));
    else next();
  });
  // endregion

  io.on('connection', (socket) => {
    socket.on('sit', (room, ack) => {
      socket.join(room);
      ack('seated');
    });
  });

  staff.on('connection', (socket) => {
    socket.on('sit', (room, ack) => {
      socket.join(room);
      ack('seated');
    });

    // region: remind
    socket.on('remind', () => staff.to('physics').emit('marksDue'));
    // endregion

    // region: announce
    socket.on('announce', () => io.emit('holiday'));
    // endregion

    // region: write
    socket.on('write', () => socket.broadcast.emit('note'));
    // endregion
  });
}
