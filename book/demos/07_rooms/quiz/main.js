export default function register(io) {
  io.on('connection', (socket) => {
    socket.on('sit', (rooms, ack) => {
      socket.join(rooms);
      ack('seated');
    });

    socket.on('standUp', (room, ack) => {
      socket.leave(room);
      ack('standing');
    });

    // region: rehearse
    socket.on('rehearse', () => {
      socket.to('choir').to('band').emit('rehearsal');
    });
    // endregion

    // region: singers
    socket.on('callSingers', () => {
      io.to('choir').except('band').emit('singersOnly');
    });
    // endregion

    // region: ask
    socket.on('askChoir', () => {
      socket.to('choir').emit('question');
    });
    // endregion

    // region: tell
    socket.on('tell', (rooms) => {
      io.to(rooms).emit('told');
    });
    // endregion
  });
}
