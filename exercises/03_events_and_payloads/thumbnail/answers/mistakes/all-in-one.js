const SIZE = 64;

const thumbnails = [];

export default function register(io) {
  io.on('connection', (socket) => {
    socket.on('upload', ({ name, image }, ack) => {
      const thumbnail = Buffer.from(image.subarray(0, SIZE));
      thumbnails.push(thumbnail);
      ack({ ok: true, size: image.length });
      io.emit('thumbnail', { name, image: thumbnail });
    });

    socket.on('overview', () => {
      socket.emit('pictures', { part: 1, images: thumbnails });
    });
  });
}
