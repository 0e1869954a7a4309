// Members only: a message reaches everyone in its room, and nobody else. The contract is in exercise.yaml.
//
// A room is a label that the server puts on sockets. Clients never see it.

import { randomUUID } from 'node:crypto';

export default function register(io) {
  io.on('connection', (socket) => {
    socket.on('joinRoom', ({ roomId }, ack) => {
      socket.join(roomId);
      ack({ ok: true });
    });

    socket.on('sendMessage', ({ roomId, text }, ack) => {
      const id = randomUUID();
      // Whom does this address? And may this sender speak here at all?
      io.emit('receiveMessage', { id, roomId, text });
      ack({ ok: true, id });
    });
  });
}
