// No adapter: each node tells the other what it has sent.
import { createClient } from 'redis';

const CHANNEL = 'classroom';

export default async function register(io) {
  const publisher = createClient({ url: process.env.REDIS_URL });
  const subscriber = createClient({ url: process.env.REDIS_URL });
  publisher.on('error', () => {});
  subscriber.on('error', () => {});
  await publisher.connect();
  await subscriber.connect();

  await subscriber.subscribe(CHANNEL, (line) => {
    const { from, roomId, text } = JSON.parse(line);
    if (from !== process.env.NODE_INDEX) deliver(roomId, text);
  });

  function deliver(roomId, text) {
    io.to(roomId).emit('receiveMessage', { roomId, text });
  }

  io.on('connection', (socket) => {
    socket.on('joinRoom', async ({ roomId }, ack) => {
      await socket.join(roomId);
      ack({ ok: true });
    });

    socket.on('sendMessage', ({ roomId, text }, ack) => {
      ack({ ok: true });
      deliver(roomId, text);
      const line = JSON.stringify({ from: process.env.NODE_INDEX, roomId, text });
      publisher.publish(CHANNEL, line).catch(() => {});
    });
  });
}
