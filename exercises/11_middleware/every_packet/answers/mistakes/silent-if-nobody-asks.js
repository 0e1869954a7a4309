const MAY = new Map([
  ['draw', ['teacher', 'pupil']],
  ['wipe', ['teacher']],
]);

export default function register(io) {
  io.on('connection', (socket) => {
    const { name, role } = socket.handshake.auth;

    socket.use((packet, next) => {
      const [event, payload] = packet;
      const error = fault(event, payload, role);
      if (!error) return next();
      const ack = ackIn(packet);
      if (ack) ack({ ok: false, error });

    });

    socket.on('draw', ({ x, y }, ...rest) => {
      socket.broadcast.emit('drawn', { name, x, y });
      ackIn(rest)?.({ ok: true });
    });

    socket.on('wipe', (payload, ...rest) => {
      socket.broadcast.emit('wiped', { name });
      ackIn(rest)?.({ ok: true });
    });
  });
}

function fault(event, payload, role) {
  if (!MAY.has(event)) return 'unknown_event';
  if (!MAY.get(event).includes(role)) return 'forbidden';
  if (typeof payload !== 'object' || payload === null || Array.isArray(payload)) return 'bad_payload';
}

// The acknowledgement, if there is one: more may come along than is asked for, and only the last item can be it.
function ackIn(args) {
  const last = args.at(-1);
  if (typeof last === 'function') return last;
}
