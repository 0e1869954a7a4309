const seen = new Set(); // one entry for each essay: whose it is, and its id

export default function register(io) {
  io.on('connection', (socket) => {
    const { name } = socket.handshake.auth;

    // region: once
    socket.on('handIn', ({ id, text }, ack) => {
      const essay = JSON.stringify([name, id]);
      if (!seen.has(essay)) {
        seen.add(essay);
        socket.broadcast.emit('handedIn', { from: name, text });
      }
      ack({ ok: true });
    });
    // endregion
  });
}
