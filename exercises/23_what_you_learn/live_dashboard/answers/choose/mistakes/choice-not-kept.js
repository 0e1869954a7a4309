const BOARD = 'board'; // the room of those who watch all
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
      // Both rooms in one emit: who is in both hears it once.
      io.to([BOARD, roomOf(name)]).emit('reading', { sensor: name, value });
    });

    // First all that is so, and from then on each change. Nothing is awaited in between, so nothing is missed.
    socket.on('watch', ({ sensors }, ack) => {
      socket.join(BOARD);
      ack({ ok: true, readings: readingsOf(sensors) });
    });

    socket.on('unwatch', ({ sensors }, ack) => {
      for (const room of roomsOf(sensors)) socket.leave(room);
      ack({ ok: true });
    });
  });
}

// Without a list it is the whole board.
function roomsOf(sensors) {
  return sensors ? sensors.map(roomOf) : [BOARD];
}

// The prefix keeps a sensor from being named like another room, such as the whole board.
function roomOf(sensor) {
  return `sensor:${sensor}`;
}

function readingsOf(sensors) {
  const readings = [...values].map(([sensor, value]) => ({ sensor, value }));
  return readings.filter(({ sensor }) => !sensors || sensors.includes(sensor));
}
