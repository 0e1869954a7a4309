// A private room: its members talk, and nobody else can join, send or read. The contract is in exercise.yaml.
//
// The door is finished: whoever is in has shown a good token, and `socket.data.name` is true.

import { randomUUID } from 'node:crypto';
import jwt from 'jsonwebtoken';

const forbidden = { ok: false, error: 'forbidden' };
const rooms = new Map();

export default function register(io) {
  io.use(checkToken);

  io.on('connection', (socket) => {
    socket.on('createRoom', ({ members }, ack) => {
      const roomId = randomUUID();
      rooms.set(roomId, { members: new Set([...members, socket.data.name]), messages: [] });
      ack({ ok: true, roomId });
    });

    // Who may do this? And this? And this?
    socket.on('joinRoom', ({ roomId }, ack) => {
      if (!rooms.has(roomId)) return ack(forbidden);
      socket.join(roomId);
      ack({ ok: true });
    });

    socket.on('sendMessage', ({ roomId, text, from }, ack) => {
      if (!rooms.has(roomId)) return ack(forbidden);
      rooms.get(roomId).messages.push({ from, text });
      io.to(roomId).emit('receiveMessage', { roomId, from, text });
      ack({ ok: true });
    });

    socket.on('history', ({ roomId }, ack) => {
      if (!rooms.has(roomId)) return ack(forbidden);
      ack({ ok: true, messages: rooms.get(roomId).messages });
    });
  });
}

function checkToken(socket, next) {
  let claims;
  try {
    claims = jwt.verify(socket.handshake.auth.token, process.env.JWT_SECRET, { algorithms: ['HS256'] });
  } catch {
    return next(new Error('unauthorized'));
  }
  socket.data.name = claims.sub;
  next();
}
