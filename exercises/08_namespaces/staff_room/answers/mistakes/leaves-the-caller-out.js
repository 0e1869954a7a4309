const { STAFF_KEY } = process.env;

export default function register(io) {
  const staff = io.of('/staff');

  staff.use((socket, next) => {
    const { key } = socket.handshake.auth;
    const isStaff = typeof key === 'string' && key === STAFF_KEY;
    next(isStaff ? undefined : new Error('staff_only'));
  });

  io.on('connection', (socket) => {
    socket.on('joinRoom', joinRoom(socket));
  });

  staff.on('connection', (socket) => {
    socket.on('joinRoom', joinRoom(socket));

    socket.on('note', ({ text }) => {
      staff.emit('noted', { text });
    });

    socket.on('announce', ({ text }) => {
      io.emit('announced', { text });
    });

    socket.on('callRoom', ({ roomId, text }) => {
      for (const from of [io, socket]) from.to(roomId).emit('called', { roomId, text });
    });
  });
}

function joinRoom(socket) {
  return ({ roomId }, ack) => {
    socket.join(roomId);
    ack({ ok: true });
  };
}
