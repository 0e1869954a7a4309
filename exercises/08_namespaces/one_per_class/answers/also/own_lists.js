// The names are checked by a function that answers later, and the library's lists of clients are not used at all.
import { setImmediate } from 'node:timers/promises';

export const options = { cleanupEmptyChildNamespaces: true };

export default function register(io) {
  const classes = new Map();

  io.on('connection', (socket) => {
    socket.on('openClass', ({ name }, ack) => {
      classes.set(name, new Set());
      ack({ ok: true });
    });
  });

  const nameIn = (path) => /^\/class\/([a-z0-9-]+)$/.exec(path)?.[1];

  async function isOpen(path) {
    await setImmediate();
    return classes.has(nameIn(path));
  }

  io.of((path, _auth, next) => isOpen(path).then((open) => next(null, open), next)).on('connection', (socket) => {
    const name = nameIn(socket.nsp.name);
    const members = classes.get(name);
    if (!members) return socket.disconnect();
    members.add(socket);

    socket.on('say', ({ text }) => {
      for (const member of members) member.emit('said', { text });
    });

    socket.on('disconnect', () => {
      members.delete(socket);
      if (members.size === 0 && classes.delete(name)) io.emit('classOver', { name });
    });
  });
}
