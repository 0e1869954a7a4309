// region: bucket
const FULL = 3; // so many at once
const REFILL = 1000; // and one more in so many milliseconds

// A bucket of one's own: a message takes one drop out, and time fills it again.
function bucket() {
  let drops = FULL;
  let filled = Date.now();
  return function take() {
    const now = Date.now();
    drops = Math.min(FULL, drops + (now - filled) / REFILL);
    filled = now;
    if (drops < 1) return false;
    drops -= 1;
    return true;
  };
}
// endregion

export default function register(io) {
  // region: handler
  io.on('connection', (socket) => {
    const take = bucket();

    socket.on('wave', (_payload, ack) => {
      if (!take()) return ack({ ok: false, error: 'too_fast' });
      socket.broadcast.emit('waved', {});
      ack({ ok: true });
    });
  });
  // endregion
}
