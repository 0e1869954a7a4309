const TIME_TO_ANSWER = 600; // milliseconds

const names = [];

export default function register(io) {
  io.on('connection', (socket) => {
    socket.on('rollCall', (ack) => {
      const everyoneElse = [...io.sockets.sockets.values()].filter((pupil) => pupil !== socket);
      for (const pupil of everyoneElse) pupil.emit('areYouHere', (name) => names.push(name));
      setTimeout(() => {
        ack({ present: names, silent: everyoneElse.length - names.length });
      }, TIME_TO_ANSWER);
    });
  });
}
