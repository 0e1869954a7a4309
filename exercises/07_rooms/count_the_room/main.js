// Count the room: everyone in a room sees how many are in it. The contract is in exercise.yaml.
//
// The server knows who is in a room. Nobody else does, so it has to tell them each time the number changes.

export default function register(io) {
  io.on('connection', (socket) => {
    socket.on('joinRoom', ({ roomId }, ack) => {
      const room = String(roomId);
      socket.join(room);
      const count = io.sockets.adapter.rooms.get(room).size;
      // Who must learn the new number?
      socket.emit('online', { roomId: room, count });
      ack({ ok: true });
    });

    socket.on('leaveRoom', ({ roomId }, ack) => {
      socket.leave(String(roomId));
      ack({ ok: true });
    });

    // And when somebody just disconnects?
  });
}
