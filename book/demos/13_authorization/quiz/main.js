const owners = new Map([
  ['token-rao', 'Ms Rao'],
  ['token-asha', 'Asha'],
  ['token-ravi', 'Ravi'],
  ['token-mallory', 'Mallory'],
]);
const members = new Map([
  ['physics', new Set(['Asha', 'Ravi', 'Mallory'])],
  ['chemistry', new Set(['Asha', 'Ravi'])],
]);

const isMember = (name, room) => members.get(room)?.has(name) ?? false;
const forbidden = { ok: false, error: 'forbidden' };

export default function register(io) {
  io.use((socket, next) => {
    const name = owners.get(socket.handshake.auth.token);
    if (!name) return next(new Error('unauthorized'));
    socket.data.name = name;
    next();
  });

  io.on('connection', (socket) => {
    const { name } = socket.data;
    socket.join(`person:${name}`);

    // region: room
    socket.on('joinRoom', ({ room }, ack) => {
      if (!isMember(name, room)) return ack(forbidden);
      socket.join(room);
      ack({ ok: true });
    });

    socket.on('say', ({ room, text }, ack) => {
      if (!isMember(name, room)) return ack(forbidden);
      socket.to(room).emit('said', { from: name, text });
      ack({ ok: true });
    });
    // endregion

    // region: strike
    socket.on('strike', ({ room, name: whom }, ack) => {
      if (name !== 'Ms Rao') return ack(forbidden);
      members.get(room)?.delete(whom);
      ack({ ok: true });
    });
    // endregion

    // region: put-out
    socket.on('putOut', ({ room, name: whom }, ack) => {
      if (name !== 'Ms Rao') return ack(forbidden);
      members.get(room)?.delete(whom);
      io.in(`person:${whom}`).socketsLeave(room);
      ack({ ok: true });
    });
    // endregion
  });
}
