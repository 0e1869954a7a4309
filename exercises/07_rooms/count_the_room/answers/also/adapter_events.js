// The adapter says whenever a socket joins or leaves a room, whatever the reason, a disconnect included.
export default function register(io) {
  const { adapter } = io.of('/');

  async function changed(room, id) {
    if (room === id) return; // the room that each socket has for itself
    const members = await io.in(room).fetchSockets();
    for (const member of members) member.emit('online', { roomId: room, count: members.length });
  }

  adapter.on('join-room', changed);
  adapter.on('leave-room', changed);

  io.on('connection', (socket) => {
    socket.on('joinRoom', async ({ roomId }, ack) => {
      await socket.join(roomId.toString());
      ack({ ok: true });
    });
    socket.on('leaveRoom', async ({ roomId }, ack) => {
      await socket.leave(roomId.toString());
      ack({ ok: true });
    });
  });
}
