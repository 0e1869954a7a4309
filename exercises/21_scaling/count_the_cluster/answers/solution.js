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
    // A node that hangs lets the question fail. "I do not know" is not "nobody".
    const failed = (ack) => (error) => {
      console.error(error.message);
      ack({ ok: false, error: 'try_again' });
    };

    socket.on('joinRoom', ({ roomId }, ack) => {
      socket.join(roomId);
      socket.data.roomId = roomId;
      tell(roomId).then((total) => ack({ ok: true, count: total }), failed(ack));
    });

    socket.on('countRoom', ({ roomId }, ack) => {
      count(roomId).then((total) => ack({ count: total }), failed(ack));
    });

    socket.on('disconnect', () => {
      // It has left its rooms by now.
      if (socket.data.roomId) tell(socket.data.roomId).catch((error) => console.error(error.message));
    });
  });
}

async function connectNodes(io) {
  const publisher = createClient({ url: process.env.REDIS_URL });
  const subscriber = publisher.duplicate();
  for (const client of [publisher, subscriber]) {
    client.on('error', (error) => console.error('redis:', error.message));
  }
  await Promise.all([publisher.connect(), subscriber.connect()]);

  // The adapter does not look at this promise. Without Redis it fails after five seconds, and that would end the node.
  const publish = publisher.publish.bind(publisher);
  publisher.publish = (...message) => publish(...message).catch((error) => console.error('redis:', error.message));

  io.adapter(createAdapter(publisher, subscriber));
}
