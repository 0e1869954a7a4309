const MAY = new Map([
  ['draw', ['teacher', 'pupil']],
  ['wipe', ['teacher']],
]);

export default function register(io) {
  io.on('connection', (socket) => {
    const { name, role } = socket.handshake.auth;

    socket.use((packet, next) => {
      const [event, payload] = packet;
      const refuse = (error) => {
        const ack = packet.at(-1);
        if (typeof ack === 'function') ack({ ok: false, error });
        else socket.emit('refused', { event, error });
      };
      if (!MAY.has(event)) return refuse('unknown_event');
      if (!MAY.get(event).includes(role)) refuse('forbidden');
      if (!isObject(payload)) return refuse('bad_payload');
      next();
    });

    socket.on('draw', ({ x, y }, ack) => {
      socket.broadcast.emit('drawn', { name, x, y });
      ack?.({ ok: true });
    });

    socket.on('wipe', (payload, ack) => {
      socket.broadcast.emit('wiped', { name });
      ack?.({ ok: true });
    });
  });
}

function isObject(payload) {
  return typeof payload === 'object' && payload !== null && !Array.isArray(payload);
}
