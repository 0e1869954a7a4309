const TIME_TO_ANSWER = 600; // milliseconds

export default function register(io) {
  io.on('connection', (socket) => {
    socket.on('rollCall', (ack) => {
      const asked = io.sockets.sockets.size - 1;
      socket.broadcast.timeout(TIME_TO_ANSWER).emit('areYouHere', (error, names) => {
        if (error) {
          ack({ present: [], silent: asked });
          return;
        }
        ack({ present: names, silent: asked - names.length });
      });
    });
  });
}
