const owners = new Map([
  ['token-rao', { name: 'Ms Rao', role: 'teacher' }],
  ['token-asha', { name: 'Asha', role: 'student' }],
  ['token-mallory', { name: 'Mallory', role: 'student' }],
]);
const muted = new Set();

export default function register(io) {
  io.use((socket, next) => {
    const owner = owners.get(socket.handshake.auth.token);
    if (!owner) return next(new Error('unauthorized'));
    Object.assign(socket.data, owner);
    next();
  });

  io.on('connection', (socket) => {
    const { name, role } = socket.data;

    // region: mute
    socket.on('mute', ({ name: whom, muted: on }, ack) => {
      if (role !== 'teacher') return ack({ ok: false, error: 'forbidden' });
      if (on) muted.add(whom);
      else muted.delete(whom);
      ack({ ok: true });
    });
    // endregion

    // region: say
    socket.on('say', ({ text }, ack) => {
      if (muted.has(name)) return ack({ ok: false, error: 'muted' });
      io.emit('said', { from: name, text });
      ack({ ok: true });
    });
    // endregion
  });
}
