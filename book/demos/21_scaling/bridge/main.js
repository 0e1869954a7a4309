// region: adapter
import { createAdapter } from '@socket.io/redis-adapter';
import { createClient } from 'redis';

export default async function register(io) {
  const publisher = createClient({ url: process.env.REDIS_URL });
  const subscriber = publisher.duplicate(); // the adapter wants a line of its own to listen
  const note = (error) => console.error('redis:', error.message);
  publisher.on('error', note);
  subscriber.on('error', note);
  await Promise.all([publisher.connect(), subscriber.connect()]);

  // Without Redis this promise fails after five seconds. The adapter does not catch it, and Node would end.
  const publish = publisher.publish.bind(publisher);
  publisher.publish = (...message) => publish(...message).catch(note);

  io.adapter(createAdapter(publisher, subscriber));
  // endregion

  io.on('connection', (socket) => {
    socket.on('ring', (ack) => {
      io.emit('bell');
      ack('ok');
    });
  });
}
