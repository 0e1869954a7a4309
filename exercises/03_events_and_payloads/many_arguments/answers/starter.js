// Many arguments: take them apart, and send some of your own. The contract is in exercise.yaml.
//
// `42["grade","Meera",9,12]` is an event with three arguments: a handler gets them one by one.

export default function register(io) {
  io.on('connection', (socket) => {
    socket.on('grade', (name, points, possible) => {
      const percent = (points / possible) * 100;

      // How many arguments are these?
      socket.emit('graded', { name, percent, passed: percent >= 50 });
    });

    // And here comes `average`, with one argument: a list.
  });
}
