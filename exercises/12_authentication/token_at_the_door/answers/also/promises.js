// The callback of `verify` as a promise, one middleware for all namespaces, and a Map instead of `socket.data`.
import { promisify } from 'node:util';
import jwt from 'jsonwebtoken';

const { JWT_SECRET } = process.env;
const verify = promisify(jwt.verify);
const names = new Map();

export default function register(io) {
  io.on('new_namespace', guard);
  guard(io.of('/'));
  io.of('/homework');

  function guard(namespace) {
    namespace.use(async (socket, next) => {
      try {
        const { sub } = await verify(String(socket.handshake.auth?.token), JWT_SECRET, { algorithms: ['HS256'] });
        names.set(socket.id, sub);
        next();
      } catch ({ message }) {
        const code = message === 'jwt expired' ? 'expired' : 'invalid';
        next(Object.assign(new Error('unauthorized'), { data: { code } }));
      }
    });
    namespace.on('connection', (socket) => {
      socket.emit('timetable', { lessons: ['physics', 'chemistry'] });
      socket.on('whoAmI', (...args) => args.at(-1)({ name: names.get(socket.id) }));
      socket.on('disconnect', () => names.delete(socket.id));
    });
  }
}
