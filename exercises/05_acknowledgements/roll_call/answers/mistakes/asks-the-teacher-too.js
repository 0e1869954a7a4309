const TIME_TO_ANSWER = 600; // milliseconds

export default function register(io) {
  io.on('connection', (socket) => {
    socket.on('rollCall', (ack) => {
      const asked = io.sockets.sockets.size;
      io.timeout(TIME_TO_ANSWER).emit('areYouHere', (error, names) => {
        // With an error some did not answer. The names of those who did are here all the same.
        ack({ present: names, silent: asked - names.length });
      });
    });
  });
}
