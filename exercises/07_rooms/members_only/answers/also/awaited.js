// Asynchronous all the way, and the sender gets a copy of its own.
import { setImmediate } from 'node:timers/promises';

export default function register(io) {
  let next = 1;

  io.on('connection', (socket) => {
    socket.on('joinRoom', async ({ roomId }, ack) => {
      await setImmediate();
      await socket.join(roomId);
      ack({ ok: true });
    });

    socket.on('sendMessage', async ({ roomId, text }, ack) => {
      const members = await io.in(roomId).fetchSockets();
      if (!members.some(({ id }) => id === socket.id)) return ack({ ok: false, error: 'not_a_member' });
      const message = { id: `m${next++}`, roomId, text };
      socket.emit('receiveMessage', message);
      socket.to(roomId).emit('receiveMessage', message);
      ack({ ok: true, id: message.id });
    });
  });
}
