// Nothing has to be turned into anything, because only plain data is kept.
const lesson = {};

const handlers = {
  plan(plan) {
    Object.assign(lesson, plan, { marks: [], homework: null, photo: null });
    return { ok: true };
  },
  mark({ student, points }) {
    const known = lesson.marks.find((mark) => mark.student === student);
    if (known) known.points = points;
    else lesson.marks.push({ student, points });
    return { ok: true };
  },
  photo(bytes) {
    lesson.photo = Uint8Array.from(bytes).buffer;
    return { ok: true };
  },
  show: () => ({ ...lesson, teacher: { name: lesson.teacher } }),
};

export default function register(io) {
  io.on('connection', (socket) => {
    for (const [event, handle] of Object.entries(handlers)) {
      socket.on(event, (...args) => args.pop()(handle(...args)));
    }
  });
}
