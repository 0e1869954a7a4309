import { randomUUID } from 'node:crypto';

export default function register(io) {
  io.on('connection', (socket) => {
    socket.on('joinRoom', ({ roomId }, ack) => {
      socket.join(roomId);
      socket.data.roomId = roomId;
      ack({ ok: true });
    });

    socket.on('sendMessage', ({ roomId, text }, ack) => {
      if (socket.data.roomId !== roomId) {
        ack({ ok: false, error: 'not_a_member' });
        return;
      }
      const id = randomUUID();
      io.to(roomId).emit('receiveMessage', { id, roomId, text });
      ack({ ok: true, id });
    });
  });
}
