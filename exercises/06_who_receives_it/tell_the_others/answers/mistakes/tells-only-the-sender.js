export default function register(io) {
  io.on('connection', (socket) => {
    socket.on('raiseHand', ({ question }) => {
      socket.emit('handRaised', { question });
    });

    socket.on('ringBell', ({ lesson }) => {
      io.emit('bell', { lesson });
    });

    socket.on('askHelp', ({ page }) => {
      socket.emit('helpComing', { page });
    });
  });
}
