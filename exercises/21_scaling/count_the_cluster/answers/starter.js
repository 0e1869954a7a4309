// Count the cluster: how many are in a room, on both nodes together. The contract is in exercise.yaml.
//
// This file runs twice. Broadcasts reach both nodes already: `connectNodes` sees to that.

import { createAdapter } from '@socket.io/redis-adapter';
import { createClient } from 'redis';

export default async function register(io) {
  await connectNodes(io);

  async function count(roomId) {
    // How many are in the room, and where does this number come from?
    return io.of('/').adapter.rooms.get(roomId)?.size ?? 0;
  }

  async function tell(roomId) {
    const total = await count(roomId);
    io.to(roomId).emit('roomCount', { roomId, count: total });
    return total;
  }

  io.on('connection', (socket) => {
    socket.on('joinRoom', async ({ roomId }, ack) => {
      socket.join(roomId);
      socket.data.roomId = roomId;
      ack({ ok: true, count: await tell(roomId) });
    });

    socket.on('countRoom', async ({ roomId }, ack) => {
      ack({ count: await count(roomId) });
    });

    socket.on('disconnect', () => {
      // It has left its rooms by now.
      if (socket.data.roomId) tell(socket.data.roomId).catch(console.error);
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
