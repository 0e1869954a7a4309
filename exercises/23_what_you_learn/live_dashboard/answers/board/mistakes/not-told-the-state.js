const BOARD = 'board'; // the room of those who watch
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
      io.to(BOARD).emit('reading', { sensor: name, value });
    });

    socket.on('watch', (request, ack) => {
      socket.join(BOARD);
      ack({ ok: true, readings: [] });
    });
  });
}
