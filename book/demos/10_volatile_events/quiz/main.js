export default function register(io) {
  io.on('connection', (socket) => {
    socket.on('sit', (room, ack) => {
      socket.join(room);
      ack('seated');
    });

    // region: remark
    socket.on('remark', (ack) => {
      io.to('physics').emit('remarked');
      io.volatile.emit('pointer');
      ack('done');
    });
    // endregion

    // region: two
    socket.on('pointAndType', (ack) => {
      io.volatile.emit('pointer');
      io.volatile.emit('typing');
      ack('done');
    });
    // endregion

    // region: key
    socket.on('key', () => {
      socket.volatile.to('physics').emit('keyPressed');
    });
    // endregion

    // region: homework
    socket.on('giveHomework', (ack) => {
      io.emit('homework');
      ack('given');
    });
    // endregion
  });
}
