// Push notifications, in stages. What holds in all of them, and what this stage adds: cargo run -p runner goal push_notifications
//
// Six stages use this one file: person, kept, read, once, delivered, topics.

export default function register(io) {
  io.on('connection', (socket) => {
    socket.on('notify', ({ to, text }, ack) => {
      // Whom does this concern, and how are all tabs of that person addressed at once?
    });
  });
}
