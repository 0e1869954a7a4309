// Welcome back: a recovered client was never away. The contract is in exercise.yaml.
//
// The runner makes the server, with the options that you export here. Which one turns recovery on?

export const options = {};

export default function register(io) {
  const history = [];

  io.on('connection', (socket) => {
    const { name } = socket.handshake.auth;

    // Each time, or only for a client that comes in anew?
    socket.broadcast.emit('joined', { name });
    socket.emit('history', history);

    socket.on('say', ({ text }, ack) => {
      history.push({ from: name, text });
      io.emit('said', { from: name, text });
      ack({ ok: true });
    });
  });
}
