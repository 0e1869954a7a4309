// Foreign origin: only our own page gets in. The contract is in exercise.yaml.
//
// This is a whole program: it makes the HTTP server, attaches Socket.IO and listens. The page that may come in
// is in process.env.ORIGIN.

import { createServer } from 'node:http';
import { Server } from 'socket.io';

const { ORIGIN, PORT } = process.env;

const httpServer = createServer((request, response) => response.writeHead(404).end());

const io = new Server(httpServer, {
  // Who reads this: the server, or the browser?
  cors: { origin: ORIGIN },
});

io.on('connection', (socket) => {
  socket.emit('welcome', { lesson: 'physics' });
});

httpServer.listen(PORT ?? 3000, '127.0.0.1');
