const TIME_TO_ANSWER = 600; // milliseconds

export default function register(io) {
  io.on('connection', (socket) => {
    socket.on('rollCall', (ack) => {
      const asked = io.sockets.sockets.size - 1;
      const everyoneElse = [...io.sockets.sockets.values()].filter((pupil) => pupil !== socket);
      const questions = everyoneElse.map((pupil) => pupil.timeout(TIME_TO_ANSWER).emitWithAck('areYouHere'));
      Promise.any(questions).then(
        (name) => ack({ present: [name], silent: asked - 1 }),
        () => ack({ present: [], silent: asked }),
      );
    });
  });
}
