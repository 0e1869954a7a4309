const SIZE = 64;

export default function register(io) {
  io.on('connection', (socket) => {
    socket.on('upload', ({ name, image }, ack) => {
      const thumbnail = Buffer.from(image.subarray(0, SIZE));
      ack({ ok: true, size: image.length });
      io.emit('thumbnail', { name, image: thumbnail });
    });
  });
}
