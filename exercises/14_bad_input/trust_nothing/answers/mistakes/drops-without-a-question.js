const LONGEST = 200;

export default function register(io) {
  io.on('connection', (socket) => {
    socket.on('say', (...args) => {
      const ack = args.at(-1);
      if (typeof ack !== 'function') return;
      const text = args[0]?.text;
      const error = fault(text);
      if (!error) io.emit('said', { text });
      ack(error ? { ok: false, error } : { ok: true });
    });
  });
}

function fault(text) {
  if (typeof text !== 'string' || text === '') return 'bad_request';
  if (text.length > LONGEST) return 'too_long';
  return null;
}
