// The door is the HTTP server's own: both of its events are looked at before Socket.IO sees them, and the header is set by hand.
import http from 'node:http';
import { Server } from 'socket.io';

const home = new URL(process.env.ORIGIN);

function isForeign({ headers: { origin } }) {
  if (!origin) return false;
  return !URL.canParse(origin) || new URL(origin).origin !== home.origin;
}

class Door extends http.Server {
  emit(event, request, ...rest) {
    const asks = event === 'request' || event === 'upgrade';
    if (!asks || !isForeign(request)) {
      if (event === 'request' && request.headers.origin) rest[0].setHeader('Access-Control-Allow-Origin', home.origin);
      return super.emit(event, request, ...rest);
    }
    if (event === 'request') rest[0].writeHead(403).end('go home');
    else rest[0].end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    return true;
  }
}

const server = new Door();
new Server({ serveClient: false })
  .attach(server)
  .on('connect', (socket) => socket.emit('welcome', { lesson: 'physics' }));
server.listen({ port: process.env.PORT, host: '127.0.0.1' });
