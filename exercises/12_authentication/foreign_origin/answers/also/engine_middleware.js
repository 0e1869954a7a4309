// One middleware of the engine for the header, and an asynchronous decision with a list of pages.
import { createServer } from 'node:http';
import { Server } from 'socket.io';

const pages = new Set([process.env.ORIGIN]);
const isWelcome = async (origin) => !origin || pages.has(origin);

const server = createServer((request, response) => response.writeHead(404).end());
const io = new Server(server, {
  async allowRequest(request, decide) {
    if (await isWelcome(request.headers.origin)) decide(null, true);
    else decide('forbidden', false);
  },
});

io.engine.use((request, response, next) => {
  const { origin } = request.headers;
  if (pages.has(origin)) response.setHeader('Access-Control-Allow-Origin', origin);
  response.setHeader('Vary', 'Origin');
  next();
});

io.on('connection', (socket) => socket.emit('welcome', { lesson: 'physics' }));
await new Promise((listening) => server.listen(process.env.PORT, '127.0.0.1', listening));
