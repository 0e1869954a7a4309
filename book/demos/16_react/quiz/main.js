export default function register(io) {
  // region: boards
  io.on('connection', (socket) => {
    const boards = new Set();

    socket.on('follow', ({ board }, ack) => {
      socket.join(`board:${board}`);
      boards.add(board);
      ack?.(boards.size);
    });

    socket.on('unfollow', ({ board }, ack) => {
      socket.leave(`board:${board}`);
      boards.delete(board);
      ack?.(boards.size);
    });

    socket.on('write', ({ board, text }, ack) => {
      io.to(`board:${board}`).emit('note', { board, text });
      ack({ ok: true });
    });
  });
  // endregion
}
