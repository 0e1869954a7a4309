export default function register(io) {
  io.on('connection', (socket) => {
    socket.on('movePhysics', (news) => {
      io.emit('physicsMoved', { room: news.room });
    });
  });
}
