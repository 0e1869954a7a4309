export default function register(io) {
  io.on('connection', (socket) => {
    socket.on('say', (...args) => {
      // Our own page always sends { text }. But who says that the client is our own page?
      io.emit('said', { text: args[0]?.text });
      const ack = args.at(-1);
      if (typeof ack === 'function') ack({ ok: true });
    });
  });
}
