export default function register(io) {
  io.on('connection', (socket) => {
    socket.on('rollCall', (ack) => {
      const asked = io.sockets.sockets.size - 1;
      const everyoneElse = [...io.sockets.sockets.values()].filter((pupil) => pupil !== socket);
      const questions = everyoneElse.map((pupil) => pupil.emitWithAck('areYouHere'));
      Promise.all(questions).then((names) => ack({ present: names, silent: asked - names.length }));
    });
  });
}
