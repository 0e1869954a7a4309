// At most so many messages, in so many milliseconds.
const MOST = 5;
const WINDOW = 2000;

export default function register(io) {
  io.on('connection', (socket) => {
    socket.on('say', ({ text }, ack) => {
      // Each message is taken, however many there are. What do you have to remember about this client?
      io.emit('said', { text });
      ack({ ok: true });
    });
  });
}
