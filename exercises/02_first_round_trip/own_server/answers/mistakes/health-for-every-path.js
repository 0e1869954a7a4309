import { createServer } from 'node:http';
import { Server } from 'socket.io';

const httpServer = createServer((request, response) => {
  response.writeHead(200, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify({ ok: true }));
});

const io = new Server(httpServer);

io.on('connection', (socket) => {
  socket.emit('welcome', { text: 'Good morning!' });
});

httpServer.listen(process.env.PORT ?? 3000, '127.0.0.1');
