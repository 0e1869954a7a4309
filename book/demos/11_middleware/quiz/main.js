const SEATS = 30;

export default function register(io) {
  // region: door
  io.use((socket, next) => {
    const { seat } = socket.handshake.auth;
    if (!Number.isInteger(seat) || seat < 0 || seat > SEATS) return next(new Error('no_such_seat'));
    next();
  });

  io.on('connection', (socket) => {
    socket.broadcast.emit('cameIn', socket.handshake.auth.seat);
    // endregion

    // region: bell
    socket.on('ring', () => io.emit('bell'));
    // endregion

    // region: write
    socket.use(([event, text], next) => {
      if (event !== 'write') return next();
      const isLine = typeof text === 'string' && text.length <= 20;
      next(isLine ? undefined : new Error('too_long'));
    });

    socket.on('write', (text, ack) => {
      socket.broadcast.emit('wrote', text);
      ack('written');
    });
    // endregion
  });

  // region: late
  io.of('/late').on('connection', (socket) => {
    socket.emit('exam', 'page 12');
    if (socket.handshake.auth.seat > SEATS) socket.disconnect();
  });
  // endregion
}
