export const options = {
  connectionStateRecovery: {},
};

export default function register(io) {
  io.on('connection', (socket) => {
    socket.join(`person:${socket.handshake.auth.name}`);

    // region: out
    socket.on('putOut', ({ name }, ack) => {
      io.in(`person:${name}`).disconnectSockets();
      ack({ ok: true });
    });
    // endregion

    socket.emit('session', { recovered: socket.recovered });
  });

  // So that the others know when a line has ended.
  io.on('connection', (socket) => {
    socket.on('disconnect', () => socket.broadcast.emit('gone', {}));
  });
}
