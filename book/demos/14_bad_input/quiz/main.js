const LIMIT = 20;
const PATIENCE = 3;

export default function register(io) {
  io.on('connection', (socket) => {
    let refusals = 0;

    // region: note
    socket.on('note', (...args) => {
      const answer = typeof args.at(-1) === 'function' ? args.pop() : () => {};
      const text = args[0]?.text;

      if (typeof text !== 'string' || text === '') {
        answer({ ok: false, error: 'bad_request' });
        refusals += 1;
        if (refusals === PATIENCE) socket.disconnect();
        return;
      }
      if (text.length > LIMIT) return answer({ ok: false, error: 'too_long', limit: LIMIT });

      socket.broadcast.emit('noted', { text });
      answer({ ok: true });
    });
    // endregion
  });
}
