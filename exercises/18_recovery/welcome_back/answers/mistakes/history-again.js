export const options = {
  connectionStateRecovery: { maxDisconnectionDuration: 2 * 60 * 1000 },
};

export default function register(io) {
  const history = [];

  io.on('connection', (socket) => {
    const { name } = socket.handshake.auth;

    socket.on('say', ({ text }, ack) => {
      history.push({ from: name, text });
      io.emit('said', { from: name, text });
      ack({ ok: true });
    });

    if (!socket.recovered) socket.broadcast.emit('joined', { name });
    socket.emit('history', history);
  });
}
