class Teacher {
  #name;

  constructor(name) {
    this.#name = name;
  }

  get name() {
    return this.#name;
  }
}

export default function register(io) {
  let lesson;

  io.on('connection', (socket) => {
    socket.on('plan', ({ title, startsAt, teacher, students }, ack) => {
      lesson = {
        title,
        startsAt: new Date(startsAt),
        teacher: new Teacher(teacher),
        students: new Set(students),
        marks: new Map(),
        homework: undefined,
        photo: undefined,
      };
      ack({ ok: true });
    });

    socket.on('mark', ({ student, points }, ack) => {
      lesson.marks.set(student, points);
      ack({ ok: true });
    });

    socket.on('photo', (bytes, ack) => {
      lesson.photo = bytes; // a Buffer
      ack({ ok: true });
    });

    socket.on('show', (ack) => {
      ack({
        title: lesson.title,
        startsAt: lesson.startsAt.getTime(),
        teacher: { name: lesson.teacher.name },
        students: [...lesson.students],
        marks: Array.from(lesson.marks, ([student, points]) => ({ student, points })),
        homework: lesson.homework ?? null,
        photo: lesson.photo ?? null,
      });
    });
  });
}
