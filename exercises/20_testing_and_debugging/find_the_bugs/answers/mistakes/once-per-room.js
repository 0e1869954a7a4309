export default function register(io) {
  let count = 0;

  io.on('connection', async (socket) => {
    const { name } = socket.handshake.auth;

    socket.on('join', ({ room }, ack) => {
      socket.join(room);
      ack({ ok: true });
    });

    socket.on('say', ({ rooms, text }, ack) => {
      if (typeof text !== 'string') {
        ack({ ok: false, error: 'bad_text' });
        return;
      }
      if (!rooms.every((room) => socket.rooms.has(room))) {
        ack({ ok: false, error: 'not_a_member' });
        return;
      }
      const message = { seq: count + 1, from: name, text: text.trim() };
      count += 1;
      for (const room of rooms) {
        io.to(room).emit('message', message);
      }
      ack({ ok: true });
    });

    const mood = await socket.emitWithAck('howAreYou');
    socket.emit('greeting', { text: `Hello, ${name}. You are ${mood}, I hear.` });
  });
}
