export default function register(io) {
  // region: board
  io.on('connection', (socket) => {
    socket.on('follow', ({ board }, ack) => {
      socket.join(board);
      ack({ ok: true });
    });

    socket.on('write', ({ board, text }, ack) => {
      io.to(board).emit('line', { board, text });
      ack({ ok: true });
    });

    socket.on('disconnect', () => io.emit('gone'));
  });
  // endregion

  io.on('connection', (socket) => {
    socket.on('sketch', ({ board }, ack) => {
      io.to(board).emit('picture');
      ack({ ok: true });
    });
  });
}
