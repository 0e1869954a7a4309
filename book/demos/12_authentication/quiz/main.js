const passes = new Map([
  ['k7f2', 'asha'],
  ['m9d4', 'ravi'],
  ['t3x8', 'meera'],
]); // a real pass is long and random, and made anew for each login

export default function register(io) {
  // region: door
  io.use((socket, next) => {
    const name = passes.get(socket.handshake.auth.pass);
    if (!name) return next(new Error('unauthorized'));
    socket.data.name = name;
    next();
  });

  io.on('connection', (socket) => {
    socket.join(`person:${socket.data.name}`);
    // endregion

    // region: whisper
    socket.on('whisper', (to) => {
      io.to(`person:${to}`).emit('whispered', { from: socket.data.name });
    });
    // endregion

    // region: marks
    socket.on('askMarks', () => {
      const { name } = socket.data;
      io.to(`person:${name}`).emit('marks', { of: name });
    });
    // endregion

    // region: out
    socket.on('logOut', (ack) => {
      passes.delete(socket.handshake.auth.pass);
      ack('done');
    });

    socket.on('ring', () => io.emit('bell'));
    // endregion
  });
}
