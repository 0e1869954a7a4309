import { createAdapter } from '@socket.io/redis-adapter';
import { createClient } from 'redis';

export default async function register(io) {
  const publisher = createClient({ url: process.env.REDIS_URL });
  const subscriber = publisher.duplicate();
  for (const client of [publisher, subscriber]) {
    client.on('error', () => {});
  }
  io.adapter(createAdapter(publisher, subscriber));

  io.on('connection', (socket) => {
    socket.on('joinRoom', ({ roomId }, ack) => {
      socket.join(roomId);
      ack({ ok: true });
    });

    socket.on('sendMessage', ({ roomId, text }, ack) => {
      io.to(roomId).emit('receiveMessage', { roomId, text });
      ack({ ok: true });
    });
  });
}
