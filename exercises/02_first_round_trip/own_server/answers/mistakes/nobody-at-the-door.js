import { createServer } from 'node:http';
import { Server } from 'socket.io';

const httpServer = createServer((request, response) => {
  const found = request.url === '/health';
  response.writeHead(found ? 200 : 404, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify({ ok: found }));
});

new Server(httpServer);

httpServer.listen(process.env.PORT ?? 3000, '127.0.0.1');
