// Find the bugs: five faults are in this file. What it should do stands in exercise.yaml.
//
// Mend one at a time. Let `check` show you the packets of the first failure, and ask which line is behind them.

export default function register(io) {
  let count = 0;

  io.on('connection', async (socket) => {
    const { name } = socket.handshake.auth;
    const mood = await socket.emitWithAck('howAreYou');
    socket.emit('greeting', { text: `Hello, ${name}. You are ${mood}, I hear.` });

    socket.on('join', ({ room }, ack) => {
      socket.join(room);

      socket.on('say', ({ rooms, text }, ack) => {
        if (!rooms.every((room) => socket.rooms.has(room))) return;

        const message = { seq: count + 1, from: name, text: text.trim() };
        count += 1;
        for (const room of rooms) {
          io.to(room).emit('message', message);
        }
        ack({ ok: true });
      });

      ack({ ok: true });
    });
  });
}
