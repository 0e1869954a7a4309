import jwt from 'jsonwebtoken';

const LESSONS = ['physics', 'chemistry'];

export default function register(io) {
  for (const namespace of [io.of('/'), io.of('/homework')]) {
    namespace.on('connection', (socket) => {
      if (isRight(socket)) welcome(socket);
      else socket.disconnect();
    });
  }
}

function isRight(socket) {
  let claims;
  try {
    claims = jwt.verify(socket.handshake.auth.token, process.env.JWT_SECRET, { algorithms: ['HS256'] });
  } catch {
    return false;
  }
  socket.data.name = claims.sub;
  return true;
}

function welcome(socket) {
  socket.on('whoAmI', (question, ack) => {
    ack({ name: socket.data.name });
  });
  socket.emit('timetable', { lessons: LESSONS });
}
