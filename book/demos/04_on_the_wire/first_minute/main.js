export default function register(io) {
  io.on('connection', (socket) => {
    socket.on('hello', ({ name }) => {
      socket.emit('goodMorning', { name });
    });

    socket.on('mayILeave', (ack) => {
      ack(true);
    });
  });
}
