export default function register(io) {
  let room = 'room 3';

  io.on('connection', (socket) => {
    // region: question
    socket.on('whereIsPhysics', () => {
      socket.emit('physicsIsIn', { room });
    });
    // endregion

    socket.on('movePhysics', (news) => {
      room = news.room;
      socket.emit('noted', { room });
    });
  });
}
