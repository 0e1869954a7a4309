export default function register(io) {
  const numbers = new Map(); // whose message it is → the number that it got

  io.on('connection', (socket) => {
    const from = socket.handshake.auth.name;

    socket.on('send', ({ id, text }, ack) => {
      const key = JSON.stringify([from, id]);
      if (!numbers.has(key)) {
        numbers.set(key, numbers.size + 1);
        io.emit('message', { seq: numbers.get(key), from, text });
        ack({ ok: true, seq: numbers.get(key) });
      }
    });
  });
}
