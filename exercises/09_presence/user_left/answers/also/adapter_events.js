// The adapter says itself when a socket leaves a room, whatever the reason.
export default function register(io) {
  const names = new Map();

  io.on('connection', (socket) => {
    names.set(socket.id, socket.handshake.auth.name);
    socket.on('joinRoom', async ({ roomId }, ack) => {
      await socket.join(`#${roomId}`);
      ack({ ok: true });
    });
    socket.on('leaveRoom', async ({ roomId }, ack) => {
      await socket.leave(`#${roomId}`);
      ack({ ok: true });
    });
    socket.on('watch', async (ack) => {
      await socket.join('desk');
      ack({ ok: true });
    });
    socket.on('disconnect', () => setImmediate(() => names.delete(socket.id)));
  });

  io.of('/').adapter.on('leave-room', (room, id) => {
    if (!room.startsWith('#')) return;
    io.to([room, 'desk']).except(id).emit('userLeft', { roomId: room.slice(1), name: names.get(id) });
  });
}
