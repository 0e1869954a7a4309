// Stores first, and takes its time for it: the map keeps the promise of an answer, so a repetition waits for the first.
import { setTimeout as sleep } from 'node:timers/promises';

const messages = [];
const answers = {};

async function store(from, text) {
  await sleep(2);
  return messages.push({ from, text });
}

export default (io) => {
  io.use((socket, next) => {
    socket.data.sent = answers[`person ${socket.handshake.auth.name}`] ??= new Map();
    next();
  });

  io.on('connection', (socket) => {
    const from = socket.handshake.auth.name;

    const deliver = async (text) => {
      const seq = await store(from, text);
      socket.broadcast.emit('message', { seq, from, text });
      socket.emit('message', { seq, from, text });
      return { ok: true, seq };
    };

    socket.on('send', async ({ id, text }, ack) => {
      const { sent } = socket.data;
      if (!sent.has(id)) sent.set(id, deliver(text));
      ack(await sent.get(id));
    });
  });
};
