// Three small middlewares in a row, and callbacks in place of await.
import { setTimeout } from 'node:timers/promises';

class Refusal extends Error {
  constructor(code, retry = true) {
    super(code);
    this.data = { code, retry };
  }
}

const needs = (holds, code) => ({ handshake }, next) => next(holds(handshake.auth) ? undefined : new Refusal(code));

export default function register(io) {
  const classroom = io.of('/');
  classroom.use(needs(({ name }) => typeof name === 'string' && name.length > 0, 'name_required'));
  classroom.use(needs(({ code }) => typeof code === 'string' && code === process.env.CLASS_CODE, 'wrong_code'));
  classroom.use((socket, next) => {
    lookUp(socket.handshake.auth.name).then(() => next(), () => next(new Refusal('not_enrolled', false)));
  });

  classroom.on('connection', (socket) => {
    classroom.except(socket.id).emit('arrived', { name: socket.handshake.auth.name });
  });
}

/** The school's register: it takes a moment, and it knows no guests. */
async function lookUp(name) {
  await setTimeout(5);
  if (name.startsWith('guest')) throw new Error(`the register has no ${name}`);
}
