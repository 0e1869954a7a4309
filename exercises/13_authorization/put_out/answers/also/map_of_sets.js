// A Map from each name to its sockets, and one guard for all events instead of one in each handler.
import jwt from 'jsonwebtoken';

const present = new Map();
const banned = {};
const TEACHERS_ONLY = ['putOut'];

export default function register(io) {
  io.use(async (socket, next) => {
    await null;
    try {
      const claims = jwt.verify(socket.handshake.auth?.token, process.env.JWT_SECRET, { algorithms: ['HS256'] });
      socket.claims = claims;
    } catch {
      return next(new Error('unauthorized'));
    }
    next(banned[socket.claims.sub] ? new Error('put_out') : undefined);
  });

  io.on('connection', (socket) => {
    const { sub } = socket.claims;
    if (!present.has(sub)) present.set(sub, []);
    present.get(sub).push(socket);
    socket.on('disconnect', () => {
      present.set(sub, present.get(sub).filter((other) => other !== socket));
    });

    socket.use(([event, , ack], next) => {
      if (!TEACHERS_ONLY.includes(event) || socket.claims.role === 'teacher') next();
      else ack({ ok: false, error: 'forbidden' });
    });

    socket.on('say', ({ text }, ack) => {
      ack({ ok: true });
      for (const others of present.values()) {
        for (const other of others) other.emit('said', { text, from: sub });
      }
    });

    socket.on('putOut', ({ name }, ack) => {
      banned[name] = true;
      for (const target of [...(present.get(name) ?? [])]) {
        target.emit('putOut', { by: sub });
        target.disconnect();
      }
      ack({ ok: true });
    });
  });
}
