// Two nodes: a message reaches its room on both. The contract is in exercise.yaml.
//
// This file runs twice, as two programs that know nothing of each other. `REDIS_URL` says where Redis is. The packages
// `@socket.io/redis-adapter` and `redis` are installed. The function may be `async`: the node listens when it is done.

export default async function register(io) {
  // What carries a broadcast from this node to the other?

  io.on('connection', (socket) => {
    socket.on('joinRoom', ({ roomId }, ack) => {
      socket.join(roomId);
      ack({ ok: true });
    });

    socket.on('sendMessage', ({ roomId, text }, ack) => {
      io.to(roomId).emit('receiveMessage', { roomId, text });
      ack({ ok: true });
    });
  });
}
