// Echo: send back what a client says, to this client and to nobody else. The contract is in exercise.yaml.
//
// `socket` is your end of the line to one client. `socket.on` says what to do when this client sends an event.

export default function register(io) {
  io.on('connection', (socket) => {
    socket.on('say', ({ text }) => {
      console.log(`${socket.id} says: ${text}`);

      // A web server would send this back. Who gets it here?
      return { text };
    });
  });
}
