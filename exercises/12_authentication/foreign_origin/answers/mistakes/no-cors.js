import { createServer } from 'node:http';
import { Server } from 'socket.io';

const { ORIGIN, PORT } = process.env;

const httpServer = createServer((request, response) => response.writeHead(404).end());

const io = new Server(httpServer, {
  // For the server: who gets in. It is asked before a session is opened, whatever the transport.
  allowRequest: (request, decide) => {
    const { origin } = request.headers;
    decide('foreign_origin', origin === undefined || origin === ORIGIN);
  },
});

io.on('connection', (socket) => {
  socket.emit('welcome', { lesson: 'physics' });
});

httpServer.listen(PORT ?? 3000, '127.0.0.1');
