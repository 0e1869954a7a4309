export default function register(io) {
  const copies = new Map([['Newton', 1]]);

  // region: lend
  function lend(title) {
    const left = copies.get(title);
    if (left === undefined) return { ok: false, error: 'no_such_book' };
    if (left === 0) return { ok: false, error: 'all_lent' };
    copies.set(title, left - 1);
    return { ok: true, left: left - 1 };
  }
  // endregion

  io.on('connection', (socket) => {
    // region: handler
    socket.on('borrow', ({ title }, ack) => {
      const answer = lend(title);
      if (typeof ack === 'function') ack(answer);
    });
    // endregion
  });
}
