// Put out: a teacher puts somebody out of the classroom, at once and for good. The contract is in exercise.yaml.
//
// The token is checked at the door: `socket.data.name` and `socket.data.role` are true.

import jwt from 'jsonwebtoken';

const putOut = new Set();

export default function register(io) {
  io.use(checkToken);

  io.on('connection', (socket) => {
    const { name, role } = socket.data;

    socket.on('say', ({ text }, ack) => {
      io.emit('said', { from: name, text });
      ack({ ok: true });
    });

    socket.on('putOut', (request, ack) => {
      // Closes the door. But when is a door looked at?
      putOut.add(request.name);
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
