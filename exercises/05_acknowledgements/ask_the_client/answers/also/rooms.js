// No list of pupils: a room for each name, and a broadcast with acknowledgements to this one room.
export default function register(io) {
  io.on('connection', (socket) => {
    socket.on('enter', ({ name }, ack) => {
      socket.join(`pupil ${name}`);
      ack({ ok: true });
    });

    socket.on('callOn', ({ name, question }, ack) => {
      io.to(`pupil ${name}`)
        .timeout(600)
        .emit('question', { question }, (error, answers) => {
          if (error) return ack({ ok: false, error: 'no_answer' });
          if (answers.length === 0) return ack({ ok: false, error: 'not_here' });
          ack({ ok: true, answer: answers[0] });
        });
    });
  });
}
