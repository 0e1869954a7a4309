// region: keep
const pages = new Map(); // from the name of a person to her page

export default function register(io) {
  io.on('connection', (socket) => {
    const { name } = socket.handshake.auth;
    socket.emit('page', pages.get(name) ?? 1);

    socket.on('turnTo', (page, ack) => {
      pages.set(name, page);
      ack('kept');
    });
  });
}
// endregion
