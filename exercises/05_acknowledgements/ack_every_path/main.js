// Ack every path: answer each question where it was asked. The contract is in exercise.yaml.
//
// A client that wants an answer sends its event with a number, and waits for an acknowledgement that carries
// the same number. In your handler that acknowledgement is a function.

const ABSOLUTE_ZERO = -273.15;

export default function register(io) {
  io.on('connection', (socket) => {
    socket.on('toFahrenheit', (question) => {
      // This is a new event of the server's own. Nobody waits for it.
      socket.emit('temperature', convert(question));
    });
  });
}

function convert(question) {
  const celsius = question?.celsius;
  if (typeof celsius !== 'number') return { ok: false, error: 'not_a_number' };
  if (celsius < ABSOLUTE_ZERO) return { ok: false, error: 'too_cold' };
  return { ok: true, fahrenheit: (celsius * 9) / 5 + 32 };
}
