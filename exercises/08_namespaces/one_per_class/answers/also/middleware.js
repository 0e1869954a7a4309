// A pattern for all classes, a middleware that checks each client, and a Map that counts them.
export const options = { cleanupEmptyChildNamespaces: true };

const inside = new Map();

export default function register(io) {
  io.on('connection', (socket) => {
    socket.on('openClass', async ({ name }, ack) => {
      inside.set(name, 0);
      ack({ ok: true });
    });
  });

  io.of(/^\/class\/.+$/)
    .use((socket, next) => {
      socket.data.name = socket.nsp.name.split('/')[2];
      if (inside.has(socket.data.name)) next();
      else next(new Error('closed'));
    })
    .on('connection', (socket) => {
      const { name } = socket.data;
      inside.set(name, inside.get(name) + 1);

      socket.on('say', (said) => {
        socket.emit('said', said);
        socket.broadcast.emit('said', said);
      });

      socket.on('disconnecting', () => {
        inside.set(name, inside.get(name) - 1);
        if (inside.get(name) > 0) return;
        inside.delete(name);
        io.of('/').emit('classOver', { name });
      });
    });
}
