// Cookie session: who has logged in over HTTP is known on the socket, too. The contract is in exercise.yaml.
//
// This is a whole program. Logging in works, and sets a cookie. Nobody looks at it yet.

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
      if (typeof password !== 'string' || password !== CLASS_PASSWORD) return response.writeHead(401).end();
      const id = randomUUID();
      sessions.set(id, name);
      // Who may read this cookie? And with whose requests is it sent?
      response.writeHead(200, { 'Set-Cookie': `session=${id}; Path=/` });
      return response.end();
    }
    case 'POST /logout': {
      // What else ends with a session?
      response.writeHead(200, { 'Set-Cookie': 'session=; Path=/; Max-Age=0' });
      return response.end();
    }
    default:
      return response.writeHead(404).end();
  }
}

const io = new Server(httpServer);

io.on('connection', (socket) => {
  // A socket begins with an HTTP request as well. What did the browser send along with it?
  socket.on('whoAmI', (ack) => ack({ name: socket.data.name }));
});

httpServer.listen(PORT ?? 3000, '127.0.0.1');
