// A window that begins with the first message of a burst; one map for all, cleaned up when somebody leaves.
const windows = new Map();

function admit(id) {
  const now = performance.now();
  let window = windows.get(id);
  if (!window || now >= window.end) {
    window = { end: now + 2000, left: 5 };
    windows.set(id, window);
  }
  if (window.left === 0) return { ok: false, error: 'slow_down', retryAfter: Math.max(1, Math.ceil(window.end - now)) };
  window.left -= 1;
  return { ok: true };
}

export default function register(io) {
  io.on('connection', (socket) => {
    socket.on('disconnect', () => windows.delete(socket.id));
    socket.on('say', (said, ack) => {
      const answer = admit(socket.id);
      if (answer.ok) io.emit('said', { text: said.text });
      ack(answer);
    });
  });
}
