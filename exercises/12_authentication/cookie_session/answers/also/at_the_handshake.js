// The refusal comes over HTTP, before there is a session of the engine; who is there is kept as sets of sockets.
import { randomBytes } from 'node:crypto';
import http from 'node:http';
import { Server } from 'socket.io';

class Sessions {
  #known = {};

  open(name) {
    const key = randomBytes(24).toString('hex');
    this.#known[key] = { name, sockets: new Set() };
    return key;
  }

  of({ headers }) {
    const [, key] = /(?:^|;\s*)session=([^;]+)/.exec(headers.cookie ?? '') ?? [];
    return key && { key, ...this.#known[key] };
  }

  close(key) {
    for (const socket of this.#known[key]?.sockets ?? []) socket.disconnect();
    delete this.#known[key];
  }
}

const sessions = new Sessions();

const pages = {
  '/login'(request, response, { name, password }) {
    if (typeof password !== 'string' || password !== process.env.CLASS_PASSWORD) {
      response.statusCode = 401;
      return { error: 'wrong password' };
    }
    const cookie = [`session=${sessions.open(name)}`, 'SameSite=Strict', 'HttpOnly', 'Path=/', 'Max-Age=3600'];
    response.setHeader('set-cookie', ['theme=light; Path=/', cookie.join('; ')].reverse());
    return { name };
  },
  '/logout'(request) {
    sessions.close(sessions.of(request)?.key);
    return {};
  },
};

const server = http.createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8');
  request.on('data', (text) => (body += text));
  request.on('end', () => {
    const page = request.method === 'POST' ? pages[request.url] : undefined;
    if (!page) return response.writeHead(404).end();
    try {
      const answer = page(request, response, body ? JSON.parse(body) : {});
      response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
    } catch {
      response.writeHead(400).end(); // a body that is no JSON, or no object
    }
  });
});

new Server(server, {
  allowRequest: (request, decide) => decide('unauthorized', Boolean(sessions.of(request)?.name)),
}).on('connection', (socket) => {
  const { name, sockets } = sessions.of(socket.request);
  if (!sockets) return socket.disconnect(true); // the login was over between the handshake and CONNECT
  sockets.add(socket);
  socket.on('disconnect', () => sockets.delete(socket));
  socket.on('whoAmI', (...args) => args.pop()({ name }));
});

server.listen(process.env.PORT, '127.0.0.1');
