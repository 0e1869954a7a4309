// Nothing is kept about who is there: all sockets are searched when it is needed. The transport is closed with the last word.
import { promisify } from 'node:util';
import jwt from 'jsonwebtoken';

const verify = promisify(jwt.verify);
let out = [];

export default function register(io) {
  io.use((socket, next) => {
    verify(socket.handshake.auth.token ?? '', process.env.JWT_SECRET, { algorithms: ['HS256'] })
      .then(({ sub, role }) => {
        if (out.includes(sub)) throw new Error('put_out');
        Object.assign(socket.data, { sub, role });
        next();
      })
      .catch(({ message }) => next(new Error(message === 'put_out' ? message : 'unauthorized')));
  });

  io.on('connection', (socket) => {
    socket.onAny(async (event, request, ack) => {
      const { sub, role } = socket.data;
      if (event === 'say') {
        socket.broadcast.emit('said', { from: sub, text: request.text });
        socket.emit('said', { from: sub, text: request.text });
      } else if (role === 'teacher') {
        out = out.concat(request.name);
        const sockets = await io.fetchSockets();
        for (const other of sockets.filter(({ data }) => data.sub === request.name)) {
          other.emit('putOut', { by: sub });
          other.disconnect(true);
        }
      } else {
        return ack({ ok: false, error: 'forbidden' });
      }
      ack({ ok: true });
    });
  });
}
