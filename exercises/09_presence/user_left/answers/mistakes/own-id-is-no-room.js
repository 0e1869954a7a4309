const WATCHERS = 'watchers';

export default function register(io) {
  io.on('connection', (socket) => {
    const { name } = socket.handshake.auth;

    socket.on('joinRoom', ({ roomId }, ack) => {
      socket.join(roomId);
      ack({ ok: true });
    });

    socket.on('leaveRoom', ({ roomId }, ack) => {
      socket.leave(roomId);
      tellThatItLeft(roomId);
      ack({ ok: true });
    });

    socket.on('watch', (ack) => {
      socket.join(WATCHERS);
      ack({ ok: true });
    });

    // Not `disconnect`: there the rooms are already gone.
    socket.on('disconnecting', () => {
      for (const room of socket.rooms) {
        if (room !== WATCHERS) tellThatItLeft(room);
      }
    });

    function tellThatItLeft(roomId) {
      socket.to(roomId).to(WATCHERS).emit('userLeft', { roomId, name });
    }
  });
}
