export default function register(io) {
  io.on('connection', (socket) => {
    socket.on('multiply', ({ a, b }) => {
      socket.emit('product', { a, b, product: a * b });
    });
  });
}
