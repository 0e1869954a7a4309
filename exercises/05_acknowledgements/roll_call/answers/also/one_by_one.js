// No broadcast: each client is asked on its own line, and all the answers are awaited, good or bad.
export default function register(io) {
  io.on('connection', (teacher) => {
    teacher.on('rollCall', async (ack) => {
      const everyone = await io.fetchSockets();
      const pupils = everyone.filter(({ id }) => id !== teacher.id);
      const answers = await Promise.allSettled(
        pupils.map((pupil) => pupil.timeout(600).emitWithAck('areYouHere')),
      );
      const present = answers.filter(({ status }) => status === 'fulfilled').map(({ value }) => value);
      ack({ present, silent: answers.length - present.length });
    });
  });
}
