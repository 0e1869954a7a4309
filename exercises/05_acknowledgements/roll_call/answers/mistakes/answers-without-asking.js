const TIME_TO_ANSWER = 600; // milliseconds

export default function register(io) {
  io.on('connection', (socket) => {
    socket.on('rollCall', (ack) => {
      const present = [...io.sockets.sockets.keys()].filter((id) => id !== socket.id);
      ack({ present, silent: 0 });
    });
  });
}
