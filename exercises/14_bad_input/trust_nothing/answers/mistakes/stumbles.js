export default function register(io) {
  io.on('connection', (socket) => {
    socket.on('say', ({ text }, ...rest) => {
      const ack = rest.at(-1);
      const error = typeof text !== 'string' || text === '' ? 'bad_request' : text.length > 200 ? 'too_long' : null;
      if (!error) io.emit('said', { text });
      if (typeof ack === 'function') ack(error ? { ok: false, error } : { ok: true });
    });
  });
}
