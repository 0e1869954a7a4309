const TIME_TO_ANSWER = 600; // milliseconds

export default function register(io) {
  io.on('connection', (socket) => {
    socket.on('rollCall', (ack) => {
      const asked = io.sockets.sockets.size - 1;
      const names = [];
      for (const pupil of io.sockets.sockets.values()) pupil.on('here', (name) => names.push(name));
      socket.broadcast.emit('areYouHere');
      setTimeout(() => ack({ present: names, silent: asked - names.length }), TIME_TO_ANSWER);
    });
  });
}
