const ABSOLUTE_ZERO = -273.15;

export default function register(io) {
  io.on('connection', (socket) => {
    socket.on('toFahrenheit', (...args) => {
      const ack = args.at(-1);
      if (typeof ack === 'function') ack(convert(args[0]));
    });
  });
}

function convert(question) {
  const celsius = Number(question?.celsius);
  if (Number.isNaN(celsius)) return { ok: false, error: 'not_a_number' };
  if (celsius < ABSOLUTE_ZERO) return { ok: false, error: 'too_cold' };
  return { ok: true, fahrenheit: (celsius * 9) / 5 + 32 };
}
