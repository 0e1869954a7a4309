// Each node counts its own clients, and asks the others for theirs.
import { createAdapter } from '@socket.io/redis-adapter';
import { createClient } from 'redis';

const rooms = new Map();

export default async function register(io) {
  const publisher = createClient({ url: process.env.REDIS_URL });
  const subscriber = createClient({ url: process.env.REDIS_URL });
  publisher.on('error', () => {});
  subscriber.on('error', () => {});
  await publisher.connect();
  await subscriber.connect();
  for (const command of ['publish', 'sPublish']) {
    const send = publisher[command].bind(publisher);
    publisher[command] = (...args) => send(...args).catch(() => {});
  }
  io.adapter(createAdapter(publisher, subscriber));

  const here = (roomId) => rooms.get(roomId)?.size ?? 0;

  io.on('ask', (roomId, answer) => answer(here(roomId)));

  function everywhere(roomId, then) {
    io.serverSideEmit('ask', roomId, (error, counts) => {
      then(error ? undefined : counts.reduce((sum, count) => sum + count, here(roomId)));
    });
  }

  io.on('connection', (socket) => {
    const joined = new Set();

    socket.on('joinRoom', ({ roomId }, ack) => {
      socket.join(roomId);
      joined.add(roomId);
      if (!rooms.has(roomId)) rooms.set(roomId, new Set());
      rooms.get(roomId).add(socket);
      everywhere(roomId, (count) => {
        if (count === undefined) return ack({ ok: false, error: 'try_again' });
        ack({ ok: true, count });
        io.to(roomId).emit('roomCount', { roomId, count });
      });
    });

    socket.on('countRoom', ({ roomId }, ack) => {
      everywhere(roomId, (count) => ack(count === undefined ? { ok: false, error: 'try_again' } : { count }));
    });

    socket.on('disconnect', () => {
      for (const roomId of joined) {
        rooms.get(roomId).delete(socket);
        everywhere(roomId, (count) => {
          if (count !== undefined) io.to(roomId).emit('roomCount', { roomId, count });
        });
      }
    });
  });
}
