export default function register(io) {
  io.on('connection', (socket) => {
    socket.on('raiseHand', ({ question }) => {
      socket.broadcast.emit('handRaised', { question });
    });

    socket.on('ringBell', ({ lesson }) => {
      socket.broadcast.emit('bell', { lesson });
    });

    socket.on('askHelp', ({ page }) => {
      socket.emit('helpComing', { page });
    });
  });
}
