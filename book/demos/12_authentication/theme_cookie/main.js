export default function register(io) {
  // region: read
  io.on('connection', (socket) => {
    const cookies = (socket.handshake.headers.cookie ?? '').split('; ');
    const theme = cookies.find((pair) => pair.startsWith('theme='))?.slice('theme='.length);
    socket.emit('theme', theme ?? 'light');
  });
  // endregion
}
