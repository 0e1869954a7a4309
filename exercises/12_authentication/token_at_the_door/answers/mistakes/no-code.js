import jwt from 'jsonwebtoken';

const LESSONS = ['physics', 'chemistry'];

export default function register(io) {
  for (const namespace of [io.of('/'), io.of('/homework')]) {
    namespace.use(checkToken);
    namespace.on('connection', welcome);
  }
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

function welcome(socket) {
  socket.on('whoAmI', (question, ack) => {
    ack({ name: socket.data.name });
  });
  socket.emit('timetable', { lessons: LESSONS });
}
