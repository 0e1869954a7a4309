// A namespace that the server has made for a client is freed when nobody is in it any more.
export const options = { cleanupEmptyChildNamespaces: true };

export default function register(io) {
  const open = new Set(); // '/class/physics'
  const known = new Set();

  io.on('connection', (socket) => {
    socket.on('openClass', ({ name }, ack) => {
      if (!known.has(name)) open.add(`/class/${name}`);
      known.add(name);
      ack({ ok: true });
    });
  });

  const classes = io.of((path, auth, next) => next(null, open.has(path)));

  classes.on('connection', (socket) => {
    const { nsp } = socket;

    socket.on('say', ({ text }) => {
      nsp.emit('said', { text });
    });

    socket.on('disconnect', () => {
      if (nsp.sockets.size > 0) return;
      open.delete(nsp.name);
      io.emit('classOver', { name: nsp.name.slice('/class/'.length) });
    });
  });
}
