// One function that makes any value plain, whatever it is and however deep it lies.
class Teacher {
  #name;

  constructor(name) {
    this.#name = name;
  }

  plain() {
    return { name: this.#name };
  }
}

class Mark {
  constructor(student, points) {
    Object.assign(this, { student, points });
  }
}

function plain(value) {
  if (value === undefined || value === null) return null;
  if (typeof value !== 'object' || Buffer.isBuffer(value)) return value;
  if (value instanceof Date) return Number(value);
  if (value instanceof Map) return plain([...value.values()]);
  if (typeof value[Symbol.iterator] === 'function') return Array.from(value, plain);
  if (typeof value.plain === 'function') return plain(value.plain());
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}

export default function register(io) {
  const lessons = [];

  io.on('connection', (socket) => {
    socket.on('plan', async (plan, ack) => {
      const { title, startsAt, teacher, students } = plan;
      lessons.push({
        title,
        startsAt: new Date(startsAt),
        teacher: new Teacher(teacher),
        students: new Set(students),
        marks: new Map(),
        homework: undefined,
        photo: undefined,
      });
      ack({ ok: true });
    });
    socket.on('mark', ({ student, points }, ack) => {
      lessons.at(-1).marks.set(student, new Mark(student, points));
      ack({ ok: true });
    });
    socket.on('photo', (photo, ack) => ack({ ok: !!Object.assign(lessons.at(-1), { photo }) }));
    socket.on('show', (ack) => ack(plain(lessons.at(-1))));
  });
}
