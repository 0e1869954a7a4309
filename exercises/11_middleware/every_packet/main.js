// Every packet: check each event before its handler. The contract is in exercise.yaml.
//
// `socket.use((packet, next) => …)` runs before each event of this socket. `packet` is a list: the event's name, its
// arguments, and the function that acknowledges, if the client asked for it.

export default function register(io) {
  io.on('connection', (socket) => {
    const { name, role } = socket.handshake.auth;

    socket.use(([event], next) => {
      // Who hears of this error?
      if (event === 'wipe' && role !== 'teacher') return next(new Error('forbidden'));
      next();
    });

    socket.on('draw', ({ x, y }, ack) => {
      socket.broadcast.emit('drawn', { name, x, y });
      ack({ ok: true });
    });

    socket.on('wipe', (payload, ack) => {
      socket.broadcast.emit('wiped', { name });
      ack({ ok: true });
    });
  });
}
