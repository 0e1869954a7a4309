import { createClient } from 'redis';

export default async function register(io) {
  const publisher = createClient({ url: process.env.REDIS_URL });
  const subscriber = publisher.duplicate();
  publisher.on('error', () => {});
  subscriber.on('error', () => {});
  await Promise.all([publisher.connect(), subscriber.connect()]);

  await subscriber.subscribe('classroom', (line) => {
    const { roomId, text } = JSON.parse(line);
    io.to(roomId).emit('receiveMessage', { roomId, text });
  });

  io.on('connection', (socket) => {
    socket.on('joinRoom', ({ roomId }, ack) => {
      socket.join(roomId);
      ack({ ok: true });
    });

    socket.on('sendMessage', ({ roomId, text }, ack) => {
      publisher.publish('classroom', JSON.stringify({ roomId, text })).catch(() => {});
      ack({ ok: true });
    });
  });
}
