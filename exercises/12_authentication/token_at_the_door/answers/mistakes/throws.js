import jwt from 'jsonwebtoken';

const LESSONS = ['physics', 'chemistry'];

export default function register(io) {
  for (const namespace of [io.of('/'), io.of('/homework')]) {
    namespace.use(checkToken);
    namespace.on('connection', welcome);
  }
}

async function checkToken(socket, next) {
  const { token } = socket.handshake.auth;
  if (!token) {
    next(new Error('unauthorized'));
    return;
  }
  const claims = jwt.verify(token, process.env.JWT_SECRET, { algorithms: ['HS256'] });
  socket.data.name = claims.sub;
  next();
}

function welcome(socket) {
  socket.on('whoAmI', (question, ack) => {
    ack({ name: socket.data.name });
  });
  socket.emit('timetable', { lessons: LESSONS });
}
