// Two rooms, once: who is in two rooms is still one person. The contract is in exercise.yaml.
//
// A room is a set of connections. Of two sets you can take the union, or what they have in common.

export default function register(io) {
  io.on('connection', (socket) => {
    socket.on('joinRoom', ({ roomId }, ack) => {
      socket.join(roomId);
      ack({ ok: true });
    });

    socket.on('tellAny', ({ rooms, text }, ack) => {
      // Who is in two of these rooms?
      for (const room of rooms) io.to(room).emit('told', { text });
      ack({ ok: true });
    });

    socket.on('tellBoth', ({ rooms: [first, second], text }, ack) => {
      // Does this mean: who is in the first one and in the second one?
      io.to(first).to(second).emit('told', { text });
      ack({ ok: true });
    });
  });
}
