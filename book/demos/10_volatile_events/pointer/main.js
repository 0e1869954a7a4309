export default function register(io) {
  io.on('connection', (socket) => {
    // region: point
    socket.on('point', (positions, ack) => {
      for (const x of positions) socket.volatile.broadcast.emit('pointer', x);
      ack('done');
    });
    // endregion

    // region: remark
    socket.on('remark', (text, x, ack) => {
      socket.broadcast.emit('remarked', text);
      socket.volatile.broadcast.emit('pointer', x);
      ack('done');
    });
    // endregion
  });
}
