import { randomUUID } from 'node:crypto';
import jwt from 'jsonwebtoken';

const forbidden = { ok: false, error: 'forbidden' };
const rooms = new Map();

export default function register(io) {
  io.use(checkToken);

  io.on('connection', (socket) => {
    const { name } = socket.data;

    socket.on('createRoom', ({ members }, ack) => {
      const roomId = randomUUID();
      rooms.set(roomId, { members: new Set([...members, name]), messages: [] });
      ack({ ok: true, roomId });
    });

    socket.on('joinRoom', ({ roomId }, ack) => {
      if (!roomFor(name, roomId)) return ack(forbidden);
      socket.join(roomId);
      ack({ ok: true });
    });

    socket.on('sendMessage', ({ roomId, text }, ack) => {
      const room = roomFor(name, roomId);
      if (!room) return ack(forbidden);
      room.messages.push({ from: name, text });
      io.to(roomId).emit('receiveMessage', { roomId, from: name, text });
      ack({ ok: true });
    });

    socket.on('history', ({ roomId }, ack) => {
      const room = rooms.get(roomId);
      if (!room) return ack(forbidden);
      ack({ ok: true, messages: room.messages });
    });
  });
}

// The one question of this lesson: the room, if this person is one of its members.
function roomFor(name, roomId) {
  const room = rooms.get(roomId);
  return room?.members.has(name) ? room : undefined;
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
