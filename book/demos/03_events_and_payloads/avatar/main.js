export default function register(io) {
  io.on('connection', (socket) => {
    socket.on('avatar', ({ name, image }) => {
      io.emit('newAvatar', { name, image, size: image.length });
    });
  });
}
