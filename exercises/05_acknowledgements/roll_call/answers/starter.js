// Roll call: ask everyone else, wait a little, and count. The contract is in exercise.yaml.
//
// A broadcast can ask for acknowledgements. Each client that hears it may answer, and some of them will not.

const TIME_TO_ANSWER = 600; // milliseconds

export default function register(io) {
  io.on('connection', (socket) => {
    socket.on('rollCall', (ack) => {
      // Nobody has been asked yet.
      ack({ present: [], silent: 0 });
    });
  });
}
