export default function register(io) {
  const lent = new Set();

  io.on('connection', (socket) => {
    // region: ready
    socket.on('whoIsReady', async () => {
      let answers;
      try {
        answers = await socket.broadcast.timeout(1000).emitWithAck('areYouReady');
      } catch (error) {
        answers = error.responses; // those who did answer
      }
      socket.emit('readyCount', answers.length);
    });
    // endregion

    // region: back
    socket.on('giveBack', ({ title }, ack) => {
      lent.delete(title);
      io.emit('isBack', { title });
      if (typeof ack === 'function') ack({ ok: true });
    });
    // endregion

    // region: borrow
    socket.on('borrow', ({ title }, ack) => {
      const answer = lent.has(title) ? { ok: false, error: 'all_lent' } : { ok: true };
      if (answer.ok) {
        lent.add(title);
        socket.broadcast.emit('lent', { title });
      }
      if (typeof ack === 'function') ack(answer);
    });
    // endregion
  });
}
