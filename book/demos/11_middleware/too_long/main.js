export default function register(io) {
  io.on('connection', (socket) => {
    // region: use
    socket.use(([event, text], next) => {
      if (typeof text === 'string' && text.length <= 20) next();
      else next(new Error('too_long'));
    });

    socket.on('error', (error) => {
      socket.emit('problem', error.message); // an event of ours: the library sends nothing
    });
    // endregion

    socket.on('write', (text, ack) => {
      socket.broadcast.emit('wrote', text);
      ack('written');
    });
  });
}
