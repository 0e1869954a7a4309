const acknowledged = (work) => async (...args) => {
  const ack = typeof args.at(-1) === 'function' ? args.pop() : () => {};
  try {
    ack({ ok: true, ...(await work(...args)) });
  } catch (error) {
    ack({ ok: false, error: error.message });
  }
};

async function toFahrenheit(question) {
  if (!Number.isFinite(question?.celsius)) throw new Error('not_a_number');
  if (question.celsius < -273.15) throw new Error('too_cold');
  return { fahrenheit: question.celsius * 1.8 + 32 };
}

export default function register(io) {
  io.on('connection', (socket) => {
    socket.on('toFahrenheit', acknowledged(toFahrenheit));
  });
}
