const BOARD = 'board'; // the room of those who watch
const reports = []; // what the sensors have reported

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
      if (reports.findLast(({ sensor }) => sensor === name)?.value === value) return;
      reports.push({ sensor: name, value });
      io.to(BOARD).emit('reading', { sensor: name, value });
    });

    // First all that is so, and from then on each change. Nothing is awaited in between, so nothing is missed.
    socket.on('watch', (request, ack) => {
      socket.join(BOARD);
      ack({ ok: true, readings: reports });
    });
  });
}
