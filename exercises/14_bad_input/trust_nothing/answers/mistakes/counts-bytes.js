const LONGEST = 200;

export default function register(io) {
  io.on('connection', (socket) => {
    socket.on('say', (...args) => {
      const text = args[0]?.text;
      const error = fault(text);
      if (!error) io.emit('said', { text });
      const ack = args.at(-1);
      if (typeof ack === 'function') ack(error ? { ok: false, error } : { ok: true });
    });
  });
}

function fault(text) {
  if (typeof text !== 'string' || text === '') return 'bad_request';
  if (Buffer.byteLength(text) > LONGEST) return 'too_long';
  return null;
}
