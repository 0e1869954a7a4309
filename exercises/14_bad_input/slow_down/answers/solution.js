const MOST = 5;
const WINDOW = 2000;

export default function register(io) {
  io.on('connection', (socket) => {
    let taken = []; // when this client's messages of the last two seconds were taken

    socket.on('say', ({ text }, ack) => {
      const now = performance.now();
      taken = taken.filter((time) => now - time < WINDOW);
      if (taken.length === MOST) {
        ack({ ok: false, error: 'slow_down', retryAfter: Math.ceil(taken[0] + WINDOW - now) });
        return;
      }
      taken.push(now);
      io.emit('said', { text });
      ack({ ok: true });
    });
  });
}
