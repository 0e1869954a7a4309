// User left: those who stay are told. The contract is in exercise.yaml.
//
// When a connection ends, the library takes its socket out of all rooms. When exactly?

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
      tellThatItLeft(PREFIX + roomId);
      ack({ ok: true });
    });

    socket.on('watch', (ack) => {
      socket.join(WATCHERS);
      ack({ ok: true });
    });

    socket.on('disconnect', () => {
      for (const room of socket.rooms) tellThatItLeft(room);
    });

    function tellThatItLeft(room) {
      const roomId = room.slice(PREFIX.length);
      socket.to(room).emit('userLeft', { roomId, name });
    }
  });
}
