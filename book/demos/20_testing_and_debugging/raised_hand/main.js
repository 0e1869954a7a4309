export default function register(io) {
  io.on('connection', (socket) => {
    const { name } = socket.handshake.auth;

    socket.on('raiseHand', (ack) => {
      socket.broadcast.emit('hand', name);
      ack({ ok: true });
    });
  });
}
