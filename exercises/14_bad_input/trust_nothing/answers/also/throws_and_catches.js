// Checks by throwing, and answers in one place.
class Refused extends Error {}

function checked(payload) {
  if (typeof payload !== 'object' || payload === null) throw new Refused('bad_request');
  const { text } = payload;
  if (typeof text !== 'string' || !text.length) throw new Refused('bad_request');
  if ([...text].length > 200) throw new Refused('too_long');
  return text;
}

const answering = (handler) => (...args) => {
  const last = args.pop();
  const isAck = typeof last === 'function';
  let answer = { ok: true };
  try {
    handler(isAck ? args[0] : args.concat([last])[0]);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    answer = { ok: false, error: error.message };
  }
  if (isAck) last(answer);
};

export default function register(io) {
  io.on('connection', (socket) => {
    socket.on('say', answering((payload) => io.sockets.emit('said', { text: checked(payload) })));
  });
}
