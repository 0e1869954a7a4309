import { setTimeout as sleep } from 'node:timers/promises';

export default function register(io) {
  const known = new Set();
  const numbers = new Map();

  io.on('connection', (socket) => {
    const from = socket.handshake.auth.name;

    socket.on('send', async ({ id, text }, ack) => {
      const key = JSON.stringify([from, id]);
      if (!known.has(key)) {
        known.add(key);
        await sleep(5);
        numbers.set(key, numbers.size + 1);
        io.emit('message', { seq: numbers.get(key), from, text });
      }
      ack({ ok: true, seq: numbers.get(key) });
    });
  });
}
