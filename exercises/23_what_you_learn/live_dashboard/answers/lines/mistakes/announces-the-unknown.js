const BOARD = 'board'; // the room of those who watch all
// By name: the newest value, the one that was told last, whether its clock runs, whether it is above its limit, the alarm
// that nobody has acknowledged yet, the ids of its sockets, and what the newest of them said of `every` and `limit`.
const sensors = new Map();

export default function register(io) {
  io.on('connection', (socket) => {
    // Who this is was said at the door. No payload can change it, and a new line does not, either.
    const { name, role, every = 0, limit = Infinity } = socket.handshake.auth;

    if (role === 'sensor') {
      const sensor = Object.assign(sensorOf(name), { every, limit });
      sensor.lines.add(socket.id);
      if (sensor.lines.size === 1) tellLine(sensor, true);
      socket.on('disconnect', () => {
        sensor.lines.delete(socket.id);
        if (sensor.lines.size === 0) tellLine(sensor, false);
      });
    }

    socket.on('report', (request, ack) => {
      if (role !== 'sensor') {
        ack({ ok: false, error: 'not_a_sensor' });
        return;
      }
      const value = request?.value;
      if (!Number.isFinite(value)) {
        ack({ ok: false, error: 'not_a_number' });
        return;
      }
      const sensor = sensorOf(name);
      sensor.value = value;
      ack({ ok: true });
      if (!sensor.rests) push(sensor);
      checkLimit(sensor);
    });

    // First all that is so, and from then on each change. Nothing is awaited in between, so nothing is missed.
    socket.on('watch', ({ sensors: names }, ack) => {
      socket.join(roomsOf(names));
      const chosen = [...sensors.values()].filter((sensor) => isKnown(sensor) && (!names || names.includes(sensor.name)));
      const readings = chosen.map((sensor) => ({ sensor: sensor.name, value: sensor.value, online: sensor.lines.size > 0 }));
      const alarms = chosen.flatMap(({ alarm }) => alarm ?? []);
      ack({ ok: true, readings, alarms });
    });

    socket.on('unwatch', ({ sensors: names }, ack) => {
      for (const room of roomsOf(names)) socket.leave(room);
      ack({ ok: true });
    });

    socket.on('acknowledge', (request, ack) => {
      const sensor = sensors.get(request.sensor);
      if (!sensor?.alarm) {
        ack({ ok: false, error: 'no_alarm' });
        return;
      }
      sensor.alarm = null;
      ack({ ok: true });
      tell(sensor, 'acknowledged', { by: name });
    });

    // Tells the newest value, and then rests. What comes meanwhile only takes the place of the value; when the rest is
    // over, the newest one is there.
    function push(sensor) {
      if (sensor.value === sensor.told) return;
      sensor.told = sensor.value;
      tell(sensor, 'reading', { value: sensor.value });
      if (sensor.every === 0) return;
      sensor.rests = true;
      setTimeout(() => {
        sensor.rests = false;
        push(sensor);
      }, sensor.every);
    }

    // Each report is looked at, also those that are never told. Only the step over the limit is news.
    function checkLimit(sensor) {
      const wasAbove = sensor.isAbove;
      sensor.isAbove = sensor.value > sensor.limit;
      if (!sensor.isAbove || wasAbove || sensor.alarm) return;
      sensor.alarm = { sensor: name, value: sensor.value };
      tell(sensor, 'alarm', sensor.alarm);
    }

    function tellLine(sensor, online) {
      tell(sensor, 'line', { online });
    }

    // Both rooms in one emit: who is in both hears it once.
    function tell(sensor, event, news) {
      io.to([BOARD, roomOf(sensor.name)]).emit(event, { sensor: sensor.name, ...news });
    }
  });
}

function sensorOf(name) {
  if (!sensors.has(name)) sensors.set(name, { name, rests: false, isAbove: false, alarm: null, lines: new Set() });
  return sensors.get(name);
}

// Who has never reported is not on the board.
function isKnown(sensor) {
  return sensor.value !== undefined;
}

// Without a list it is the whole board.
function roomsOf(names) {
  return names ? names.map(roomOf) : [BOARD];
}

// The prefix keeps a sensor from being named like another room, such as the whole board.
function roomOf(name) {
  return `sensor:${name}`;
}
