import jwt from 'jsonwebtoken';

const putOut = new Set();

export default function register(io) {
  io.use(checkToken);

  io.on('connection', (socket) => {
    const { name, role } = socket.data;
    socket.join(`person:${name}`);

    socket.on('say', ({ text }, ack) => {
      io.emit('said', { from: name, text });
      ack({ ok: true });
    });

    socket.on('putOut', (request, ack) => {
      if (role !== 'teacher') return ack({ ok: false, error: 'forbidden' });
      const person = io.in(`person:${request.name}`);
      for (const { handshake, data } of io.of('/').sockets.values()) {
        if (data.name === request.name) putOut.add(handshake.auth.token);
      }
      person.emit('putOut', { by: name });
      person.disconnectSockets(true);
      ack({ ok: true });
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
  if (putOut.has(socket.handshake.auth.token)) return next(new Error('put_out'));
  socket.data.name = claims.sub;
  socket.data.role = claims.role;
  next();
}
