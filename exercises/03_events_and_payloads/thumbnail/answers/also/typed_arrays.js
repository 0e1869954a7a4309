// Other binary types, copies instead of windows, and the ten are taken by recursion.
export default function register(io) {
  const album = new Map();

  const send = (socket, images, part = 1) => {
    if (images.length === 0) return;
    socket.emit('pictures', { images: images.slice(0, 10), part });
    send(socket, images.slice(10), part + 1);
  };

  io.on('connection', (socket) => {
    socket.on('upload', async (picture, ack) => {
      const copy = Uint8Array.from(picture.image);
      album.set(Symbol(picture.name), copy.slice(0, 64).buffer);
      const small = { ...picture, image: copy.slice(0, 64) };
      socket.emit('thumbnail', small);
      socket.broadcast.emit('thumbnail', small);
      ack({ ok: true, size: picture.image.byteLength });
    });

    socket.on('overview', () => send(socket, [...album.values()]));
  });
}
