// The middlewares hand their refusals to `next`; one listener for `error` answers all of them.
const isObject = (value) => Object.prototype.toString.call(value) === '[object Object]';

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
      const [event, ...args] = packet;
      const answer = args.pop();
      if (typeof answer === 'function') answer({ ok: false, error: message });
      else socket.emit('refused', { event, error: message });
    });

    socket.on('draw', ({ x, y }, ack = () => {}) => {
      socket.broadcast.emit('drawn', { name, x, y });
      ack({ ok: true });
    });
    socket.on('wipe', (payload, ack = () => {}) => {
      socket.broadcast.emit('wiped', { name });
      ack({ ok: true });
    });
  });
}
