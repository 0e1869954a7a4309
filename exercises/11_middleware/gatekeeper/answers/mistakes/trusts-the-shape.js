import { setTimeout } from 'node:timers/promises';

export default function register(io) {
  io.use(async ({ handshake: { auth } }, next) => {
    if (auth.name.trim() === '') return next(refusal('name_required', true));
    if (typeof auth.code !== 'string' || auth.code !== process.env.CLASS_CODE) return next(refusal('wrong_code', true));
    try {
      await lookUp(auth.name);
    } catch {
      return next(refusal('not_enrolled', false));
    }
    next();
  });

  io.on('connection', (socket) => {
    socket.broadcast.emit('arrived', { name: socket.handshake.auth.name });
  });
}

function refusal(code, retry) {
  return Object.assign(new Error(code), { data: { code, retry } });
}

/** The school's register: it takes a moment, and it knows no guests. */
async function lookUp(name) {
  await setTimeout(5);
  if (name.startsWith('guest')) throw new Error(`the register has no ${name}`);
}
