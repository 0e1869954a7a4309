// Gatekeeper: decide at the door who comes in. The contract is in exercise.yaml.
//
// `io.use((socket, next) => …)` runs before a client is let in: `next()` lets it in, `next(error)` refuses it.

import { setTimeout } from 'node:timers/promises';

export default function register(io) {
  io.on('connection', async (socket) => {
    // Has this client been let in when this line runs, or not yet?
    const { name, code } = socket.handshake.auth;
    if (typeof name !== 'string') return socket.disconnect();
    if (typeof code !== 'string' || code !== process.env.CLASS_CODE) return socket.disconnect();
    try {
      await lookUp(name);
    } catch {
      return socket.disconnect();
    }
    socket.broadcast.emit('arrived', { name });
  });
}

/** The school's register: it takes a moment, and it knows no guests. */
async function lookUp(name) {
  await setTimeout(5);
  if (name.startsWith('guest')) throw new Error(`the register has no ${name}`);
}
