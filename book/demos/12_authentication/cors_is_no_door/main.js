import { createServer } from 'node:http';
import { Server } from 'socket.io';

const { ORIGIN, PORT } = process.env;

// region: cors
const httpServer = createServer((request, response) => response.writeHead(404).end());
const io = new Server(httpServer, { cors: { origin: ORIGIN } });

io.on('connection', (socket) => {
  socket.emit('welcome', 'to the physics lesson');
});
// endregion

httpServer.listen(PORT ?? 3000, '127.0.0.1');
