const seen = new Set();

export default function register(io) {
  io.on('connection', (socket) => {
    const { name } = socket.handshake.auth;

    // region: say
    socket.on('say', ({ id, text }, ack) => {
      const message = JSON.stringify([name, id]);
      if (!seen.has(message)) {
        seen.add(message);
        io.emit('said', { from: name, text });
      }
      ack?.({ ok: true });
    });
    // endregion

    socket.on('disconnect', () => socket.broadcast.emit('gone'));
  });
}
