// NAME_IN_WORDS: the contract is in exercise.yaml.

export default function register(io) {
  io.on('connection', (socket) => {
    socket.on('say', ({ text }, ack) => {
      // Everyone hears it. Should everyone?
      io.emit('said', { text });
      ack({ ok: true });
    });
  });
}
