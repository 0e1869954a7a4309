// One namespace for each class: made when somebody comes, checked at the door, and gone when it is empty.
// The contract is in exercise.yaml.

// What this module exports as `options` goes to the Server when it is made. Among its options is one for namespaces.
export const options = {};

export default function register(io) {
  io.on('connection', (socket) => {
    socket.on('openClass', ({ name }, ack) => {
      console.log(`a teacher opens ${name}`);
      ack({ ok: true });
    });
  });

  // Any name that looks like this becomes a namespace. Is that wise?
  const classes = io.of(/^\/class\/[a-z0-9-]+$/);

  classes.on('connection', (socket) => {
    const { nsp } = socket;

    socket.on('say', ({ text }) => {
      nsp.emit('said', { text });
    });

    // And when the last one has left?
  });
}
