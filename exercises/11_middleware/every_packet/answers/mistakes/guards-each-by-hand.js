export default function register(io) {
  io.on('connection', (socket) => {
    const { name, role } = socket.handshake.auth;

    const guarded = (event, roles, handler) => {
      socket.on(event, (...args) => {
        const ack = typeof args.at(-1) === 'function' ? args.pop() : undefined;
        const error = fault(roles, args[0], role);
        if (!error) handler(args[0]);
        if (ack) ack(error ? { ok: false, error } : { ok: true });
        else if (error) socket.emit('refused', { event, error });
      });
    };

    guarded('draw', ['teacher', 'pupil'], ({ x, y }) => socket.broadcast.emit('drawn', { name, x, y }));
    guarded('wipe', ['teacher'], () => socket.broadcast.emit('wiped', { name }));
  });
}

function fault(roles, payload, role) {
  if (!roles.includes(role)) return 'forbidden';
  if (typeof payload !== 'object' || payload === null || Array.isArray(payload)) return 'bad_payload';
}
