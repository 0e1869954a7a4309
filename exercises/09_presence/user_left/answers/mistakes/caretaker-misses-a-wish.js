const PREFIX = 'room:';
const WATCHERS = 'watchers';

export default function register(io) {
  io.on('connection', (socket) => {
    const { name } = socket.handshake.auth;

    socket.on('joinRoom', ({ roomId }, ack) => {
      socket.join(PREFIX + roomId);
      ack({ ok: true });
    });

    socket.on('leaveRoom', ({ roomId }, ack) => {
      socket.leave(PREFIX + roomId);
      socket.to(PREFIX + roomId).emit('userLeft', { roomId, name });
      ack({ ok: true });
    });

    socket.on('watch', (ack) => {
      socket.join(WATCHERS);
      ack({ ok: true });
    });

    // Not `disconnect`: there the rooms are already gone.
    socket.on('disconnecting', () => {
      for (const room of socket.rooms) {
        if (room.startsWith(PREFIX)) tellThatItLeft(room);
      }
    });

    function tellThatItLeft(room) {
      const roomId = room.slice(PREFIX.length);
      socket.to(room).to(WATCHERS).emit('userLeft', { roomId, name });
    }
  });
}
