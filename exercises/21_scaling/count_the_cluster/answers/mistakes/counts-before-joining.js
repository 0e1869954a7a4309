import { createAdapter } from '@socket.io/redis-adapter';
import { createClient } from 'redis';

export default async function register(io) {
  await connectNodes(io);

  async function count(roomId) {
    const sockets = await io.in(roomId).fetchSockets();
    return sockets.length;
  }

  async function tell(roomId) {
    const total = await count(roomId);
    io.to(roomId).emit('roomCount', { roomId, count: total });
    return total;
  }

  io.on('connection', (socket) => {
    socket.on('joinRoom', async ({ roomId }, ack) => {
      const total = await count(roomId);
      socket.join(roomId);
      socket.data.roomId = roomId;
      io.to(roomId).emit('roomCount', { roomId, count: total });
      ack({ ok: true, count: total });
    });

    socket.on('countRoom', async ({ roomId }, ack) => {
      ack({ count: await count(roomId) });
    });

    socket.on('disconnect', () => {
      // It has left its rooms by now.
      if (socket.data.roomId) tell(socket.data.roomId);
    });
  });
}

async function connectNodes(io) {
  const publisher = createClient({ url: process.env.REDIS_URL });
  const subscriber = publisher.duplicate();
  for (const client of [publisher, subscriber]) {
    client.on('error', () => {});
  }
  await Promise.all([publisher.connect(), subscriber.connect()]);
  io.adapter(createAdapter(publisher, subscriber));
}
