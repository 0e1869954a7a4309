export default function register(io) {
  // region: counters
  let askedByAll = 0;

  io.on('connection', (socket) => {
    let asked = 0;

    socket.on('ask', () => {
      asked += 1;
      askedByAll += 1;
      socket.emit('noted');
      if (asked === 2) socket.emit('yourSecond');
      if (askedByAll === 3) socket.emit('thirdOfTheClass');
    });
  });
  // endregion

  io.on('connection', (socket) => {
    // region: bells
    socket.on('ring', () => {
      socket.emit('firstBell');
    });

    socket.on('ring', () => {
      socket.emit('secondBell');
    });
    // endregion
  });
}
