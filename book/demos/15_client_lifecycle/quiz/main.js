export default function register(io) {
  // region: room
  io.on('connection', (socket) => {
    socket.on('sit', (room, ack) => {
      socket.join(room);
      socket.data.seat = room;
      ack({ ok: true });
    });

    socket.on('ring', (room, ack) => {
      io.to(room).emit('bell');
      ack({ ok: true });
    });

    socket.on('disconnect', () => {
      if (socket.data.seat) io.to(socket.data.seat).emit('leftTheRoom');
    });
  });
  // endregion

  io.on('connection', (socket) => {
    socket.on('putMeOut', () => socket.disconnect());
  });
}
