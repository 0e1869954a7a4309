export default function register(io) {
  io.on('connection', (socket) => {
    socket.on('say', (...args) => {
      const text = args[0]?.text;
      if (typeof text !== 'string' || text === '') return;
      const ack = args.at(-1);
      const answer = typeof ack === 'function' ? ack : () => {};
      if (text.length > 200) return answer({ ok: false, error: 'too_long' });
      io.emit('said', { text });
      answer({ ok: true });
    });
  });
}
