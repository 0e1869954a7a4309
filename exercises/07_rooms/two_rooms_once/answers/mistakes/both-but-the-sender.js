export default function register(io) {
  io.on('connection', (socket) => {
    socket.on('joinRoom', ({ roomId }, ack) => {
      socket.join(roomId);
      ack({ ok: true });
    });

    socket.on('tellAny', ({ rooms, text }, ack) => {
      // To no room would be to everyone.
      if (rooms.length > 0) io.to(rooms).emit('told', { text });
      ack({ ok: true });
    });

    socket.on('tellBoth', async ({ rooms: [first, second], text }, ack) => {
      for (const member of await socket.in(first).fetchSockets()) {
        if (member.rooms.has(second)) member.emit('told', { text });
      }
      ack({ ok: true });
    });
  });
}
