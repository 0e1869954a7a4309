const TIME_TO_ANSWER = 600; // milliseconds

export default function register(io) {
  const pupils = new Map();

  io.on('connection', (socket) => {
    socket.on('enter', ({ name }, ack) => {
      socket.data.name = name;
      pupils.set(name, socket);
      ack({ ok: true });
    });

    socket.on('callOn', async ({ name, question }, ack) => {
      const pupil = pupils.get(name);
      if (!pupil) {
        ack({ ok: false, error: 'not_here' });
        return;
      }
      try {
        const answer = await socket.timeout(TIME_TO_ANSWER).emitWithAck('question', { question });
        ack({ ok: true, answer });
      } catch {
        ack({ ok: false, error: 'no_answer' });
      }
    });

    socket.on('disconnect', () => {
      pupils.delete(socket.data.name);
    });
  });
}
