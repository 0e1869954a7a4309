// Rooms of socket.io carry the rights, too: `may:ID` holds all connections of the members, `in:ID` those that joined.
import { randomBytes } from 'node:crypto';
import jwt from 'jsonwebtoken';

const messages = {};
const allowed = {};

export default async function register(io) {
  const refuse = (ack) => ack({ ok: false, error: 'forbidden' });

  io.use(async (socket, next) => {
    try {
      const { sub } = jwt.verify(socket.handshake.auth?.token, process.env.JWT_SECRET, { algorithms: ['HS256'] });
      await socket.join(`person:${sub}`);
      for (const id of Object.keys(allowed)) if (allowed[id].includes(sub)) await socket.join(`may:${id}`);
      socket.data = { sub };
      next();
    } catch {
      next(new Error('unauthorized'));
    }
  });

  io.on('connection', (socket) => {
    socket.on('createRoom', async (wish, ack) => {
      const id = randomBytes(9).toString('base64url');
      messages[id] = [];
      allowed[id] = [socket.data.sub, ...wish.members];
      io.in(allowed[id].map((name) => `person:${name}`)).socketsJoin(`may:${id}`);
      ack({ ok: true, roomId: id });
    });
    socket.use(([event, { roomId }, ack], next) => {
      if (event === 'createRoom' || socket.rooms.has(`may:${roomId}`)) next();
      else refuse(ack);
    });
    socket.on('joinRoom', async ({ roomId }, ack) => {
      await socket.join(`in:${roomId}`);
      ack({ ok: true });
    });
    socket.on('sendMessage', async ({ roomId, text }, ack) => {
      await null;
      messages[roomId].push({ from: socket.data.sub, text });
      ack({ ok: true });
      io.in(`in:${roomId}`).emit('receiveMessage', { text, from: socket.data.sub, roomId });
    });
    socket.on('history', ({ roomId }, ack) => ack({ ok: true, messages: messages[roomId] }));
  });
}
