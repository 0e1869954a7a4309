// No middleware and no handlers by name: one listener hears everything and looks up what to do.
const events = {
  __proto__: null,
  draw: { roles: ['teacher', 'pupil'], does: (name, { x, y }) => ['drawn', { name, x, y }] },
  wipe: { roles: ['teacher'], does: (name) => ['wiped', { name }] },
};

export default function register(io) {
  io.on('connection', (socket) => {
    const { name, role } = socket.handshake.auth;

    socket.onAny((event, ...args) => {
      const asks = typeof args.at(-1) === 'function';
      const answer = asks ? args.pop() : ({ error }) => error && socket.emit('refused', { event, error });
      const refuse = (error) => answer({ ok: false, error });
      const known = events[event];

      if (!known) return refuse('unknown_event');
      if (!known.roles.includes(role)) return refuse('forbidden');
      if (args[0]?.constructor !== Object) return refuse('bad_payload');
      socket.broadcast.emit(...known.does(name, args[0]));
      answer({ ok: true });
    });
  });
}
