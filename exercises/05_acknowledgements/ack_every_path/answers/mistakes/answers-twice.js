const ABSOLUTE_ZERO = -273.15;

export default function register(io) {
  io.on('connection', (socket) => {
    socket.on('toFahrenheit', (...args) => {
      const ack = args.at(-1);
      if (typeof ack !== 'function') return;
      const answer = convert(args[0]);
      if (answer.ok) ack({ ok: true });
      ack(answer);
    });
  });
}

function convert(question) {
  const celsius = question?.celsius;
  if (typeof celsius !== 'number') return { ok: false, error: 'not_a_number' };
  if (celsius < ABSOLUTE_ZERO) return { ok: false, error: 'too_cold' };
  return { ok: true, fahrenheit: (celsius * 9) / 5 + 32 };
}
