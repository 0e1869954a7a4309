export default function register(io) {
  // region: read
  io.on('connection', (socket) => {
    const cookies = new Map(
      (socket.handshake.headers.cookie ?? '').split('; ').map((pair) => pair.split('=')),
    );
    socket.emit('theme', cookies.get('theme') ?? 'light');
  });
  // endregion
}
