// Nothing is volatile: one piece of news for all keys, and no second one while the first is fresh.
export default function register(io) {
  io.on('connection', (socket) => {
    const { name } = socket.handshake.auth;
    const told = new Map(); // room → when

    socket.on('joinRoom', async ({ roomId }, ack) => {
      await socket.join(roomId);
      ack({ ok: true });
    });

    socket.on('typing', ({ roomId }) => {
      if (Date.now() - (told.get(roomId) ?? 0) < 1000) return;
      told.set(roomId, Date.now());
      socket.to(roomId).emit('typing', { roomId, name });
    });

    socket.on('sendLines', async ({ roomId, lines }, ack) => {
      for (const text of lines) {
        const members = await io.in(roomId).fetchSockets();
        members.forEach((member) => member.emit('message', { roomId, name, text }));
      }
      ack({ ok: true });
    });
  });
}
