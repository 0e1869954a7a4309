// region: adapter
import { createAdapter } from '@socket.io/redis-adapter';
import { createClient } from 'redis';

export default async function register(io) {
  const publisher = createClient({ url: process.env.REDIS_URL });
  const subscriber = publisher.duplicate(); // the adapter wants a line of its own to listen
  await Promise.all([publisher.connect(), subscriber.connect()]);
  io.adapter(createAdapter(publisher, subscriber));
  // endregion

  io.on('connection', (socket) => {
    socket.on('ring', (ack) => {
      io.emit('bell');
      ack('ok');
    });
  });
}
