const BOARD = 'board'; // the room of those who watch
const values = new Map(); // from the name of a sensor to its newest value

export default function register(io) {
  io.on('connection', (socket) => {
    const { name, role } = socket.handshake.auth;

    socket.on('report', ({ value, sensor = name }, ack) => {
      if (role !== 'sensor') {
        ack({ ok: false, error: 'not_a_sensor' });
        return;
      }
      ack({ ok: true });
      if (values.get(sensor) === value) return;
      values.set(sensor, value);
      io.to(BOARD).emit('reading', { sensor, value });
    });

    // First all that is so, and from then on each change. Nothing is awaited in between, so nothing is missed.
    socket.on('watch', (request, ack) => {
      socket.join(BOARD);
      ack({ ok: true, readings: [...values].map(([sensor, value]) => ({ sensor, value })) });
    });
  });
}
