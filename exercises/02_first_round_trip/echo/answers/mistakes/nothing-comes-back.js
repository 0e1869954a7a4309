export default function register(io) {
  io.on('say', (socket, { text }) => {
    socket.emit('echo', { text });
  });
}
