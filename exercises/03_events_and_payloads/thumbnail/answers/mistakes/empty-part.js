const SIZE = 64;
const IMAGES_A_PACKET = 10;

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
      const parts = Math.floor(thumbnails.length / IMAGES_A_PACKET) + 1;
      for (let part = 1; part <= parts; part += 1) {
        const at = (part - 1) * IMAGES_A_PACKET;
        socket.emit('pictures', { part, images: thumbnails.slice(at, at + IMAGES_A_PACKET) });
      }
    });
  });
}
