export const options = {
  connectionStateRecovery: { maxDisconnectionDuration: 2 * 60 * 1000 },
};

export default function register(io) {
  const history = [];
  const names = new Set();

  io.on('connection', (socket) => {
    const { name } = socket.handshake.auth;

    socket.on('say', ({ text }, ack) => {
      history.push({ from: name, text });
      io.emit('said', { from: name, text });
      ack({ ok: true });
    });

    if (socket.recovered) return;
    if (!names.has(name)) socket.broadcast.emit('joined', { name });
    names.add(name);
    socket.emit('history', history);
  });
}
