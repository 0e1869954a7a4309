const MOST = 5;
const WINDOW = 2000;

export default function register(io) {
  io.on('connection', (socket) => {
    const taken = []; // when this client's messages were taken

    socket.on('say', ({ text }, ack) => {
      const now = Date.now();
      if (taken.length === MOST) {
        ack({ ok: false, error: 'slow_down', retryAfter: Math.max(1, taken[0] + WINDOW - now) });
        return;
      }
      taken.push(now);
      io.emit('said', { text });
      ack({ ok: true });
    });
  });
}
