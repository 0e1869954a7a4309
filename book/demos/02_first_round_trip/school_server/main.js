// region: http
import { createServer } from 'node:http';
import { Server } from 'socket.io';

const httpServer = createServer((request, response) => {
  response.end('The school is open.');
});
// endregion

// region: attach
const io = new Server(httpServer);

io.on('connection', (socket) => {
  socket.on('multiply', ({ a, b }) => {
    socket.emit('product', { a, b, product: a * b });
  });
});
// endregion

// region: listen
httpServer.listen(process.env.PORT);
// endregion
