const PREFIX = 'room:';
const WATCHERS = 'watchers';

export default function register(io) {
  io.on('connection', (socket) => {
    const { name } = socket.handshake.auth;
    let current;

    socket.on('joinRoom', ({ roomId }, ack) => {
      socket.join(PREFIX + roomId);
      current = PREFIX + roomId;
      ack({ ok: true });
    });

    socket.on('leaveRoom', ({ roomId }, ack) => {
      socket.leave(PREFIX + roomId);
      current = undefined;
      tellThatItLeft(PREFIX + roomId);
      ack({ ok: true });
    });

    socket.on('watch', (ack) => {
      socket.join(WATCHERS);
      ack({ ok: true });
    });

    socket.on('disconnect', () => {
      if (current) tellThatItLeft(current);
    });

    function tellThatItLeft(room) {
      const roomId = room.slice(PREFIX.length);
      socket.to(room).to(WATCHERS).emit('userLeft', { roomId, name });
    }
  });
}
