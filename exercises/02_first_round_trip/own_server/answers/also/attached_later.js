// Socket.IO is made without a server and attached later. Listens on all addresses. No URL is parsed by hand.
import http from 'node:http';
import { once } from 'node:events';
import { Server } from 'socket.io';

const pages = new Map([['/health', { ok: true, since: new Date().toISOString() }]]);

const io = new Server({ serveClient: false });
io.of('/').use((socket, next) => {
  next();
  setImmediate(() => socket.emit('welcome', { text: 'Good morning!' }));
});

const server = http.createServer();
server.on('request', (request, response) => {
  const { pathname } = new URL(request.url, 'http://school');
  const page = pages.get(pathname);
  response.statusCode = page ? 200 : 404;
  response.end(page ? JSON.stringify(page) : 'not here');
});
io.attach(server);

server.listen({ port: Number(process.env.PORT || 0) });
await once(server, 'listening');
console.log(`listening on ${server.address().port}`);
