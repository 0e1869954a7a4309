// region: options
export const options = {
  connectionStateRecovery: {}, // `skipMiddlewares` is true unless you say otherwise
};
// endregion

const banned = new Set();

export default function register(io) {
  // region: door
  io.use((socket, next) => {
    next(banned.has(socket.handshake.auth.name) ? new Error('banned') : undefined);
  });
  // endregion

  io.on('connection', (socket) => {
    socket.on('ban', ({ name }, ack) => {
      banned.add(name);
      ack({ ok: true });
    });
    socket.on('say', ({ text }, ack) => {
      io.emit('said', { text });
      ack({ ok: true });
    });
    socket.emit('hello', {});
  });

  // So that the others know when a line has ended.
  io.on('connection', (socket) => {
    socket.on('disconnect', () => socket.broadcast.emit('gone', {}));
  });
}
