// No constant for a namespace: each socket knows its own, and the server finds the others by their names.
export default function register(io) {
  const authorized = ({ handshake: { auth } }) => auth.key && auth.key === process.env.STAFF_KEY;

  const enter = (socket) => {
    socket.on('joinRoom', async ({ roomId }, ack) => {
      await socket.join(roomId);
      ack({ ok: true });
    });
    if (socket.nsp.name !== '/staff') return;
    socket.on('note', (note) => socket.nsp.emit('noted', note));
    socket.on('announce', (news) => io.of('/').emit('announced', news));
    socket.on('callRoom', (call) => {
      io.to(call.roomId).emit('called', call);
      socket.nsp.in(call.roomId).emit('called', call);
    });
  };

  io.on('connection', enter);
  io.of('/staff')
    .use(async (socket, next) => (authorized(socket) ? next() : next(Object.assign(new Error('staff_only'), { data: { code: 403 } }))))
    .on('connection', enter);
}
