// Keeps its own list of who is here, and speaks to each of them.
const here = new Map();

export default function register(io) {
  io.on('connection', (socket) => {
    here.set(socket.id, socket);
    socket.on('disconnect', () => here.delete(socket.id));

    socket.on('raiseHand', ({ question }) => {
      for (const [id, other] of here) {
        if (id !== socket.id) other.emit('handRaised', { question });
      }
    });
    socket.on('ringBell', ({ lesson }) => here.forEach((each) => each.emit('bell', { lesson })));
    socket.on('askHelp', ({ page }) => socket.emit('helpComing', { page }));
  });
}
