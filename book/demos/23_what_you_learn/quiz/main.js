// The server's own list. That a name is proved is the matter of lesson 12.
const members = new Set(['asha', 'ravi']);

export default function register(io) {
  io.on('connection', (socket) => {
    const { name } = socket.handshake.auth;

    // region: club
    socket.on('enter', (ack) => {
      if (!members.has(name)) return ack({ ok: false, error: 'no_member' });
      socket.join('club');
      ack({ ok: true });
    });

    socket.on('post', (text, ack) => {
      if (!members.has(name)) return ack({ ok: false, error: 'no_member' });
      io.to('club').emit('posted', text);
      ack({ ok: true });
    });
    // endregion
  });
}
