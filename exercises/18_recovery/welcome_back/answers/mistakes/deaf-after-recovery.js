export const options = {
  connectionStateRecovery: { maxDisconnectionDuration: 2 * 60 * 1000 },
};

export default function register(io) {
  const history = [];

  io.on('connection', (socket) => {
    const { name } = socket.handshake.auth;

    if (socket.recovered) return;

    socket.on('say', ({ text }, ack) => {
      history.push({ from: name, text });
      io.emit('said', { from: name, text });
      ack({ ok: true });
    });

    socket.broadcast.emit('joined', { name });
    socket.emit('history', history);
  });
}
