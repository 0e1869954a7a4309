export default function register(io) {
  const known = new Set();
  let count = 0;

  io.on('connection', (socket) => {
    const from = socket.handshake.auth.name;

    socket.on('send', ({ id, text }, ack) => {
      const key = JSON.stringify([from, id]);
      const seq = ++count;
      if (!known.has(key)) {
        known.add(key);
        io.emit('message', { seq, from, text });
      }
      ack({ ok: true, seq });
    });
  });
}
