const SIZE = 64;
const IMAGES_A_PACKET = 10;

const thumbnails = [];

export default function register(io) {
  io.on('connection', (socket) => {
    socket.on('upload', ({ name, image }, ack) => {
      const thumbnail = Buffer.from(image.subarray(-SIZE));
      thumbnails.push(thumbnail);
      ack({ ok: true, size: image.length });
      io.emit('thumbnail', { name, image: thumbnail });
    });

    socket.on('overview', () => {
      for (let part = 1, at = 0; at < thumbnails.length; part += 1, at += IMAGES_A_PACKET) {
        socket.emit('pictures', { part, images: thumbnails.slice(at, at + IMAGES_A_PACKET) });
      }
    });
  });
}
