// region: options
export const options = {
  connectionStateRecovery: {}, // kept for two minutes
};
// endregion

export default function register(io) {
  // region: session
  io.on('connection', (socket) => {
    socket.data.boards ??= [];

    socket.on('follow', ({ board }, ack) => {
      socket.join(board);
      socket.data.boards.push(board);
      ack({ ok: true });
    });

    socket.on('write', ({ board, text }, ack) => {
      io.to(board).emit('line', { board, text });
      ack({ ok: true });
    });

    socket.emit('session', { recovered: socket.recovered, boards: socket.data.boards });
  });
  // endregion

  // So that the others know when a line has ended.
  io.on('connection', (socket) => {
    socket.on('disconnect', () => socket.broadcast.emit('gone', {}));
  });
}
