// Tell the others: three events, three different audiences. The contract is in exercise.yaml.
//
// `socket` is the line to the client that spoke; `io` is the whole server with all its lines.

export default function register(io) {
  io.on('connection', (socket) => {
    // For everyone else in the classroom: Asha knows that she raised her hand.
    socket.on('raiseHand', ({ question }) => {
      socket.emit('handRaised', { question });
    });

    // For everyone, the one who rang included.
    socket.on('ringBell', ({ lesson }) => {
      socket.emit('bell', { lesson });
    });

    // For the one who asked, and for nobody else.
    socket.on('askHelp', ({ page }) => {
      socket.emit('helpComing', { page });
    });
  });
}
