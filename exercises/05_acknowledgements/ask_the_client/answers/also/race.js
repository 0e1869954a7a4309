// No time limit of the library: a clock of its own, and whoever is first. It is stopped when the answer comes.
// It has a price: the library knows nothing of the clock, and keeps the callback of a question without an answer for as
// long as the pupil is connected. A time limit of the library forgets it.
const here = new Map();

function within(milliseconds, promise) {
  let clock;
  const late = new Promise((resolve) => {
    clock = setTimeout(resolve, milliseconds, { ok: false, error: 'no_answer' });
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(clock));
}

export default function register(io) {
  io.on('connection', (socket) => {
    let mine;

    socket.on('enter', ({ name }, ack) => {
      mine = name;
      here.set(name, socket.id);
      ack({ ok: true });
    });

    socket.on('callOn', ({ name, question }, ack) => {
      const pupil = io.sockets.sockets.get(here.get(name));
      if (!pupil) return ack({ ok: false, error: 'not_here' });
      const asked = new Promise((resolve) => {
        pupil.emit('question', { question }, (answer) => resolve({ ok: true, answer }));
      });
      within(600, asked).then(ack);
    });

    socket.on('disconnecting', () => here.delete(mine));
  });
}
