// A token at the door: only who brings a good token gets in. The contract is in exercise.yaml.
//
// A middleware of a namespace runs for each CONNECT, before `connection`. It lets in with `next()`.

import jwt from 'jsonwebtoken';

const LESSONS = ['physics', 'chemistry'];

export default function register(io) {
  for (const namespace of [io.of('/'), io.of('/homework')]) {
    namespace.use(checkToken);
    namespace.on('connection', welcome);
  }
}

function checkToken(socket, next) {
  // The secret of the signatures is in process.env.JWT_SECRET. Does this line use it?
  const claims = jwt.decode(socket.handshake.auth.token);
  socket.data.name = claims?.sub;
  next();
}

function welcome(socket) {
  socket.on('whoAmI', (question, ack) => {
    ack({ name: socket.data.name });
  });
  socket.emit('timetable', { lessons: LESSONS });
}
