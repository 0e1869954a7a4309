// One link of the chain for each room, and for both: what the adapter's two sets have in common.
export default function register(io) {
  io.on('connection', (socket) => {
    socket.on('joinRoom', async ({ roomId }, ack) => {
      await socket.join(roomId);
      ack({ ok: true });
    });

    socket.on('tellAny', ({ rooms, text }, ack) => {
      ack({ ok: true });
      const [first, ...more] = rooms;
      if (first === undefined) return;
      more.reduce((audience, room) => audience.to(room), io.to(first)).emit('told', { text });
    });

    socket.on('tellBoth', ({ rooms, text }, ack) => {
      ack({ ok: true });
      const [first, second] = rooms.map((room) => io.of('/').adapter.rooms.get(room) ?? new Set());
      const both = [...first].filter((id) => second.has(id));
      if (both.length > 0) io.to(both).emit('told', { text });
    });
  });
}
