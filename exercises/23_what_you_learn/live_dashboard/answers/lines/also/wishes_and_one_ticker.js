// Another style: no rooms of the library, and one ticker for all sensors. The board keeps what each socket wishes to see, and
// tells it by itself; a refusal is thrown, and becomes an answer in one place.
import { performance } from 'node:perf_hooks';

const EVERYTHING = Symbol('the whole board');

class Sensor {
  value = null;
  told = null;
  due = 0;
  isAbove = false;
  alarm = null;
  connections = 0;
  settings = {};
}

class Board {
  sensors = new Map();
  wishes = new Map(); // from a socket to a set of names

  constructor() {
    setInterval(() => this.sensors.forEach((sensor, name) => this.flush(name, sensor)), 10).unref();
  }

  tell(name, event, news) {
    for (const [socket, wishes] of this.wishes) {
      if (wishes.has(name) || wishes.has(EVERYTHING)) socket.emit(event, { ...news, sensor: name });
    }
  }

  flush(name, sensor) {
    const now = performance.now();
    if (sensor.value === sensor.told || now < sensor.due) return;
    sensor.told = sensor.value;
    sensor.due = now + (sensor.settings.every ?? 0);
    this.tell(name, 'reading', { value: sensor.value });
  }

  enter(name, settings) {
    if (!this.sensors.has(name)) this.sensors.set(name, new Sensor());
    const sensor = this.sensors.get(name);
    sensor.settings = settings;
    this.count(name, sensor, +1);
    return () => this.count(name, sensor, -1);
  }

  count(name, sensor, step) {
    const before = sensor.connections > 0;
    sensor.connections += step;
    const online = sensor.connections > 0;
    if (online !== before && sensor.value !== null) this.tell(name, 'line', { online });
  }

  report(name, value) {
    if (!Number.isFinite(value)) throw new Error('not_a_number');
    const sensor = this.sensors.get(name);
    sensor.value = value;
    const rises = value > sensor.settings.limit && !sensor.isAbove;
    sensor.isAbove = value > sensor.settings.limit;
    if (rises && sensor.alarm === null) {
      sensor.alarm = value;
      this.tell(name, 'alarm', { value });
    }
    this.flush(name, sensor);
  }

  show(names = [...this.sensors.keys()]) {
    const known = names.map((name) => [name, this.sensors.get(name)]).filter(([, sensor]) => (sensor?.value ?? null) !== null);
    return {
      readings: known.map(([name, { value, connections }]) => ({ sensor: name, value, online: connections > 0 })),
      alarms: known.filter(([, { alarm }]) => alarm !== null).map(([name, { alarm }]) => ({ sensor: name, value: alarm })),
    };
  }

  acknowledge(name, by) {
    const sensor = this.sensors.get(name);
    if ((sensor?.alarm ?? null) === null) throw new Error('no_alarm');
    sensor.alarm = null;
    this.tell(name, 'acknowledged', { by });
  }
}

export default (io) => {
  const board = new Board();

  io.on('connection', (socket) => {
    const { name, role, ...settings } = socket.handshake.auth;
    const wishes = new Set();
    board.wishes.set(socket, wishes);
    const leave = role === 'sensor' ? board.enter(name, settings) : () => {};
    socket.on('disconnect', () => {
      board.wishes.delete(socket);
      leave();
    });

    const requests = {
      report(payload) {
        if (role !== 'sensor') throw new Error('not_a_sensor');
        board.report(name, payload?.value);
      },
      watch({ sensors }) {
        for (const wish of sensors ?? [EVERYTHING]) wishes.add(wish);
        return board.show(sensors);
      },
      unwatch({ sensors }) {
        for (const wish of sensors ?? [EVERYTHING]) wishes.delete(wish);
      },
      acknowledge({ sensor }) {
        board.acknowledge(sensor, name);
      },
    };
    for (const [event, handle] of Object.entries(requests)) {
      socket.on(event, (payload, ack) => {
        try {
          ack({ ok: true, ...handle(payload) });
        } catch ({ message }) {
          ack({ ok: false, error: message });
        }
      });
    }
  });
};
