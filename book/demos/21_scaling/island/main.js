const node = `node ${process.env.NODE_INDEX}`;

export default function register(io) {
  io.on('connection', (socket) => {
    socket.on('whichNode', (ack) => ack(node));

    // region: ring
    socket.on('ring', (ack) => {
      io.emit('bell');
      ack(node);
    });
    // endregion
  });
}
