import { randomUUID } from 'node:crypto';

export default function register(io) {
  io.on('connection', (socket) => {
    socket.on('joinRoom', (_room, ack) => {
      ack({ ok: true });
    });

    socket.on('sendMessage', ({ roomId, text }, ack) => {
      if (!socket.rooms.has(roomId)) {
        ack({ ok: false, error: 'not_a_member' });
        return;
      }
      const id = randomUUID();
      io.to(roomId).emit('receiveMessage', { id, roomId, text });
      ack({ ok: true, id });
    });
  });
}
