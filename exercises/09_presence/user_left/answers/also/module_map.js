// A Map of the module's own knows who is where, so `disconnect` is early enough.
const members = new Map();
const watchers = new Set();

export default function register(io) {
  io.on('connection', (socket) => {
    socket.on('joinRoom', ({ roomId }, ack) => {
      if (!members.has(roomId)) members.set(roomId, new Set());
      members.get(roomId).add(socket);
      ack({ ok: true });
    });

    socket.on('leaveRoom', ({ roomId }, ack) => {
      ack({ ok: true });
      leave(roomId);
    });

    socket.on('watch', (ack) => {
      watchers.add(socket);
      ack({ ok: true });
    });

    socket.on('disconnect', () => {
      watchers.delete(socket);
      for (const roomId of [...members.keys()]) leave(roomId);
    });

    function leave(roomId) {
      const room = members.get(roomId);
      if (!room.delete(socket)) return;
      const { name } = socket.handshake.auth;
      for (const one of new Set([...room, ...watchers])) {
        if (one !== socket) one.emit('userLeft', { roomId, name });
      }
      if (room.size === 0) members.delete(roomId);
    }
  });
}
