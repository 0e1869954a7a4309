export default function register(io) {
  const tell = (room) => {
    const count = io.sockets.adapter.rooms.get(room)?.size ?? 0;
    io.to(room).emit('online', { roomId: room, count });
  };

  io.on('connection', (socket) => {
    socket.on('joinRoom', ({ roomId }, ack) => {
      const room = roomId;
      if (!socket.rooms.has(room)) {
        socket.join(room);
        tell(room);
      }
      ack({ ok: true });
    });

    socket.on('leaveRoom', ({ roomId }, ack) => {
      leave(roomId);
      ack({ ok: true });
    });

    // Later, in `disconnect`, the socket's rooms are gone already.
    socket.on('disconnecting', () => {
      for (const room of [...socket.rooms]) leave(room);
    });

    function leave(room) {
      if (!socket.rooms.has(room)) return;
      socket.leave(room);
      tell(room);
    }
  });
}
