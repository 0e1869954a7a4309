import { createAdapter } from '@socket.io/redis-adapter';
import { createClient } from 'redis';

export default async function register(io) {
  const publisher = createClient({ url: process.env.REDIS_URL });
  const subscriber = publisher.duplicate();
  await Promise.all([publisher.connect(), subscriber.connect()]);
  io.adapter(createAdapter(publisher, subscriber));

  io.on('connection', (socket) => {
    socket.on('sit', (room, ack) => {
      socket.join(room);
      ack('ok');
    });

    // region: greet
    socket.on('greet', (ack) => {
      socket.broadcast.emit('hello');
      ack('ok');
    });
    // endregion

    // region: warn
    socket.on('warn', (ack) => {
      io.local.emit('restartSoon');
      ack('ok');
    });
    // endregion

    // region: close
    socket.on('close', (room, ack) => {
      io.in(room).disconnectSockets();
      ack('ok');
    });
    // endregion
  });
}
