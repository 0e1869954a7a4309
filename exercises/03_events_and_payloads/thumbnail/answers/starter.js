// Thumbnail: bytes in, fewer bytes out. The contract is in exercise.yaml.
//
// Binary data arrives as a Buffer, and a Buffer in a payload is sent as binary data.

export default function register(io) {
  io.on('connection', (socket) => {
    socket.on('upload', ({ name, image }, ack) => {
      console.log(`${name}: ${image.length} bytes, the first is ${image[0]}`);
      ack({ ok: true, size: image.length });

      // Thirty pupils, and everyone gets all of it?
      io.emit('thumbnail', { name, image });
    });

    // And here comes `overview`.
  });
}
