export default function register(io) {
  io.on('connection', (socket) => {
    socket.on('raiseHand', (hand) => io.except(socket.id).emit('handRaised', hand));
    socket.on('askHelp', (help) => io.to(socket.id).emit('helpComing', help));
    socket.on('ringBell', (bell) => {
      socket.emit('bell', bell);
      socket.broadcast.emit('bell', bell);
    });
  });
}
