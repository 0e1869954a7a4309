import { setTimeout as sleep } from 'node:timers/promises';

export default function register(io) {
  const numbers = new Map();
  let count = 0;

  io.on('connection', (socket) => {
    const from = socket.handshake.auth.name;

    socket.on('send', async ({ id, text }, ack) => {
      const key = JSON.stringify([from, id]);
      if (!numbers.has(key)) {
        await sleep(5);
        numbers.set(key, ++count);
        io.emit('message', { seq: numbers.get(key), from, text });
      }
      ack({ ok: true, seq: numbers.get(key) });
    });
  });
}
