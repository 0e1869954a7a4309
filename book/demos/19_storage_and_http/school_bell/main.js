import { createServer } from 'node:http';
import { Server } from 'socket.io';

// region: http
const http = createServer((request, response) => {
  const lesson = /^\/bell\/(\w+)$/.exec(request.url)?.[1];
  if (!lesson) return response.writeHead(404).end();
  if (request.method !== 'POST') return response.writeHead(405).end();

  io.emit('bell', { lesson });
  response.writeHead(202).end();
});

const io = new Server(http);
// endregion

http.listen(process.env.PORT, '127.0.0.1');
