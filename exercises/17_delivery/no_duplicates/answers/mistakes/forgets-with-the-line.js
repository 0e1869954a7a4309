export default function register(io) {
  let count = 0;

  io.on('connection', (socket) => {
    const from = socket.handshake.auth.name;
    const numbers = new Map();

    socket.on('send', ({ id, text }, ack) => {
      if (!numbers.has(id)) {
        numbers.set(id, ++count);
        io.emit('message', { seq: numbers.get(id), from, text });
      }
      ack({ ok: true, seq: numbers.get(id) });
    });
  });
}
