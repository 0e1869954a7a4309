// Old style: events of the request, pieces as bytes, and Socket.IO first, with no handler of its own in between.
import http from 'node:http';

import { Server } from 'socket.io';

const server = http.createServer();
const io = new Server();
let count = 0;

class Refused extends Error {
  constructor(status) {
    super(http.STATUS_CODES[status]);
    this.status = status;
  }
}

function announce(request, bytes) {
  const [kind, key, ...more] = (request.headers['authorization'] ?? '').split(' ');
  if (kind !== 'Bearer' || key !== process.env.OFFICE_KEY || more.length > 0) throw new Refused(401);
  let body;
  try {
    body = JSON.parse(bytes.toString('utf8'));
  } catch {
    throw new Refused(400);
  }
  if (typeof body?.text !== 'string' || body.text.length === 0) throw new Refused(400);
  count += 1;
  for (const socket of io.of('/').sockets.values()) socket.emit('announcement', { id: count, text: body.text });
  return { id: count };
}

server.on('request', (request, response) => {
  const pieces = [];
  request.on('data', (piece) => pieces.push(piece));
  request.on('end', () => {
    try {
      const made = announce(request, Buffer.concat(pieces));
      response.statusCode = 201;
      response.end(JSON.stringify(made));
    } catch (error) {
      response.statusCode = error.status ?? 500;
      response.end(error.message);
    }
  });
});

io.attach(server);
server.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
