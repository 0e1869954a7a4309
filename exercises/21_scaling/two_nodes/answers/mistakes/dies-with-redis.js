import { createAdapter } from '@socket.io/redis-adapter';
import { createClient } from 'redis';

export default async function register(io) {
  const publisher = createClient({ url: process.env.REDIS_URL });
  const subscriber = publisher.duplicate();
  for (const client of [publisher, subscriber]) {
    client.on('error', () => {});
  }
  await Promise.all([publisher.connect(), subscriber.connect()]);

  // The adapter leaves this promise alone. Without Redis it fails after five seconds, and nobody else would catch it.
  const publish = publisher.publish.bind(publisher);
  publisher.publish = (...message) => publish(...message).catch(() => {});

  io.adapter(createAdapter(publisher, subscriber));

  io.on('connection', (socket) => {
    socket.on('joinRoom', ({ roomId }, ack) => {
      socket.join(roomId);
      ack({ ok: true });
    });

    socket.on('sendMessage', ({ roomId, text }, ack) => {
      if (!publisher.isReady) throw new Error('no Redis, no service');
      io.to(roomId).emit('receiveMessage', { roomId, text });
      ack({ ok: true });
    });
  });
}
