// For how many milliseconds each token is still good.
const lasts = new Map([
  ['token-asha', 3_600_000],
  ['token-mallory', 500],
]);

export default function register(io) {
  io.use((socket, next) => {
    const left = lasts.get(socket.handshake.auth.token);
    if (left === undefined) return next(new Error('unauthorized'));
    socket.data.left = left;
    next();
  });

  io.on('connection', (socket) => {
    // region: timer
    const timer = setTimeout(() => {
      socket.emit('sessionOver', { ask: 'come in with a new token' });
      socket.disconnect();
    }, socket.data.left);
    socket.on('disconnect', () => clearTimeout(timer));
    // endregion

    socket.on('ping', (_nothing, ack) => ack({ ok: true }));
  });
}
