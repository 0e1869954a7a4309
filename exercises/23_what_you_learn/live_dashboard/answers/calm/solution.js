const BOARD = 'board'; // the room of those who watch all
const sensors = new Map(); // by name: the newest value, the one that was told last, and whether its clock runs

export default function register(io) {
  io.on('connection', (socket) => {
    // Who this is was said at the door. No payload can change it.
    const { name, role, every = 0 } = socket.handshake.auth;

    socket.on('report', ({ value }, ack) => {
      if (role !== 'sensor') {
        ack({ ok: false, error: 'not_a_sensor' });
        return;
      }
      const sensor = sensorOf(name);
      sensor.value = value;
      ack({ ok: true });
      if (!sensor.rests) push(sensor);
    });

    // First all that is so, and from then on each change. Nothing is awaited in between, so nothing is missed.
    socket.on('watch', ({ sensors: names }, ack) => {
      socket.join(roomsOf(names));
      ack({ ok: true, readings: readingsOf(names) });
    });

    socket.on('unwatch', ({ sensors: names }, ack) => {
      for (const room of roomsOf(names)) socket.leave(room);
      ack({ ok: true });
    });

    // Tells the newest value, and then rests. What comes meanwhile only takes the place of the value; when the rest is
    // over, the newest one is there.
    function push(sensor) {
      if (sensor.value === sensor.told) return;
      sensor.told = sensor.value;
      // Both rooms in one emit: who is in both hears it once.
      io.to([BOARD, roomOf(name)]).emit('reading', { sensor: name, value: sensor.value });
      if (every === 0) return;
      sensor.rests = true;
      setTimeout(() => {
        sensor.rests = false;
        push(sensor);
      }, every);
    }
  });
}

function sensorOf(name) {
  if (!sensors.has(name)) sensors.set(name, { name, rests: false });
  return sensors.get(name);
}

// Without a list it is the whole board.
function roomsOf(names) {
  return names ? names.map(roomOf) : [BOARD];
}

// The prefix keeps a sensor from being named like another room, such as the whole board.
function roomOf(name) {
  return `sensor:${name}`;
}

function readingsOf(names) {
  const chosen = [...sensors.values()].filter(({ name }) => !names || names.includes(name));
  return chosen.map(({ name, value }) => ({ sensor: name, value }));
}
