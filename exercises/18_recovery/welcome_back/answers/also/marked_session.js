// Marks the session in `socket.data`, which is recovered too, and answers in a middleware for packets.
import { randomUUID } from 'node:crypto';

export const options = { connectionStateRecovery: { maxDisconnectionDuration: 60_000, skipMiddlewares: true } };

export default function register(io) {
  let said = [];

  io.on('connection', (socket) => {
    const from = socket.handshake.auth.name;

    socket.use(([event, payload, ack], next) => {
      if (event !== 'say') return next();
      said = said.concat({ from, text: payload.text });
      socket.emit('said', said.at(-1));
      socket.broadcast.emit('said', said.at(-1));
      ack({ ok: true });
    });

    if (socket.data.session === undefined) {
      socket.data.session = randomUUID();
      io.except(socket.id).emit('joined', { name: from });
      socket.emit('history', said);
    }
  });
}
