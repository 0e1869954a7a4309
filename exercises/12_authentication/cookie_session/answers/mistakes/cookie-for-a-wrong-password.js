import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { Server } from 'socket.io';

const { CLASS_PASSWORD, PORT } = process.env;

const sessions = new Map(); // from the id in the cookie to the name

const httpServer = createServer((request, response) => {
  // A body that is no JSON, or a line that breaks in the middle of it, is the visitor's trouble alone.
  serve(request, response).catch(() => response.writeHead(400).end());
});

async function serve(request, response) {
  switch (`${request.method} ${request.url}`) {
    case 'POST /login': {
      const { name, password } = await json(request);
      const isRight = typeof password === 'string' && password === CLASS_PASSWORD;
      const id = randomUUID();
      sessions.set(id, name);
      response.writeHead(isRight ? 200 : 401, { 'Set-Cookie': `session=${id}; Path=/; HttpOnly; SameSite=Lax` });
      return response.end();
    }
    case 'POST /logout': {
      const id = sessionIn(request.headers.cookie);
      sessions.delete(id);
      io.in(`session:${id}`).disconnectSockets(true);
      response.writeHead(200, { 'Set-Cookie': 'session=; Path=/; Max-Age=0' });
      return response.end();
    }
    default:
      return response.writeHead(404).end();
  }
}

const io = new Server(httpServer);

io.use((socket, next) => {
  const id = sessionIn(socket.handshake.headers.cookie);
  if (!sessions.has(id)) return next(new Error('unauthorized'));
  socket.data.session = id;
  socket.data.name = sessions.get(id);
  next();
});

io.on('connection', (socket) => {
  const { session, name } = socket.data;
  socket.join(`session:${session}`);
  socket.on('whoAmI', (ack) => ack({ name }));
});

httpServer.listen(PORT ?? 3000, '127.0.0.1');

// The value of `session` in a header such as `theme=dark; session=3f2a`.
function sessionIn(header = '') {
  const pair = header.split('; ').find((text) => text.startsWith('session='));
  return pair?.slice('session='.length);
}
