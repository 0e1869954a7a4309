// No rooms and no broadcasts: two Maps, and each packet is sent on one line.
const pupils = new Map();
const teachers = new Map();

function watch(socket, list) {
  list.set(socket, new Set());
  socket.on('joinRoom', ({ roomId }, ack) => {
    list.get(socket).add(roomId);
    ack({ ok: true });
  });
  socket.on('disconnect', () => list.delete(socket));
}

export default function register(io) {
  io.of('/').on('connection', (socket) => watch(socket, pupils));

  io.of('/staff').use((socket, next) => {
    if (socket.handshake.auth.key !== process.env.STAFF_KEY) return next(new Error('staff_only'));
    next();
  });

  io.of('/staff').on('connection', (socket) => {
    watch(socket, teachers);
    socket.on('note', ({ text }) => {
      for (const teacher of teachers.keys()) teacher.emit('noted', { text });
    });
    socket.on('announce', ({ text }) => {
      for (const pupil of pupils.keys()) pupil.emit('announced', { text });
    });
    socket.on('callRoom', ({ roomId, text }) => {
      for (const [person, rooms] of [...pupils, ...teachers]) {
        if (rooms.has(roomId)) person.emit('called', { roomId, text });
      }
    });
  });
}
