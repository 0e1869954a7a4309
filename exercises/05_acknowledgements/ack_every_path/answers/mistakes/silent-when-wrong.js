const ABSOLUTE_ZERO = -273.15;

export default function register(io) {
  io.on('connection', (socket) => {
    socket.on('toFahrenheit', (...args) => {
      const ack = args.at(-1);
      if (typeof ack !== 'function') return;
      const celsius = args[0]?.celsius;
      if (typeof celsius !== 'number') return;
      if (celsius < ABSOLUTE_ZERO) return;
      ack({ ok: true, fahrenheit: (celsius * 9) / 5 + 32 });
    });
  });
}
