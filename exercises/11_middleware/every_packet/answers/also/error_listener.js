// The middlewares hand their refusals to `next`; one listener for `error` answers all of them.
const isObject = (value) => Object.prototype.toString.call(value) === '[object Object]';

function answer(args, value, otherwise = () => {}) {
  const last = args.at(-1);
  if (typeof last === 'function') last(value);
  else otherwise();
}

export default function register(io) {
  io.on('connection', (socket) => {
    const { name, role } = socket.handshake.auth;

    const check = (reason, isGood) => {
      socket.use((packet, next) => next(isGood(...packet) ? undefined : Object.assign(new Error(reason), { packet })));
    };
    check('unknown_event', (event) => event === 'draw' || event === 'wipe');
    check('forbidden', (event) => event === 'draw' || role === 'teacher');
    check('bad_payload', (event, payload) => isObject(payload));

    socket.on('error', ({ message, packet }) => {
      const error = message;
      answer(packet, { ok: false, error }, () => socket.emit('refused', { event: packet[0], error }));
    });

    socket.on('draw', ({ x, y }, ...rest) => {
      socket.broadcast.emit('drawn', { name, x, y });
      answer(rest, { ok: true });
    });
    socket.on('wipe', (...args) => {
      socket.broadcast.emit('wiped', { name });
      answer(args, { ok: true });
    });
  });
}
