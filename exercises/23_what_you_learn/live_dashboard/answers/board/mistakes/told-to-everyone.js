const values = new Map(); // from the name of a sensor to its newest value

export default function register(io) {
  io.on('connection', (socket) => {
    // Who this is was said at the door. No payload can change it.
    const { name, role } = socket.handshake.auth;

    socket.on('report', ({ value }, ack) => {
      if (role !== 'sensor') {
        ack({ ok: false, error: 'not_a_sensor' });
        return;
      }
      ack({ ok: true });
      if (values.get(name) === value) return;
      values.set(name, value);
      io.emit('reading', { sensor: name, value });
    });

    // First all that is so, and from then on each change. Nothing is awaited in between, so nothing is missed.
    socket.on('watch', (request, ack) => {
      ack({ ok: true, readings: [...values].map(([sensor, value]) => ({ sensor, value })) });
    });
  });
}
