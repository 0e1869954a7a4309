const raised = new Set();

export default function register(io) {
  io.on('connection', (socket) => {
    const { name } = socket.handshake.auth;

    // region: hand
    socket.on('hand', ({ up }, ack) => {
      if (up) raised.add(name);
      else raised.delete(name);
      io.emit('hands', [...raised]);
      ack({ ok: true });
    });
    // endregion
  });
}
