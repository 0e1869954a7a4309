import jwt from 'jsonwebtoken';

const sockets = new Map();
const putOut = new Set();

export default function register(io) {
  io.use(checkToken);

  io.on('connection', (socket) => {
    const { name, role } = socket.data;
    sockets.set(name, socket);

    socket.on('say', ({ text }, ack) => {
      io.emit('said', { from: name, text });
      ack({ ok: true });
    });

    socket.on('putOut', (request, ack) => {
      if (role !== 'teacher') return ack({ ok: false, error: 'forbidden' });
      const person = sockets.get(request.name);
      putOut.add(request.name);
      person?.emit('putOut', { by: name });
      person?.disconnect(true);
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
  if (putOut.has(claims.sub)) return next(new Error('put_out'));
  socket.data.name = claims.sub;
  socket.data.role = claims.role;
  next();
}
