// The nodes tell which sessions are theirs, and when one is over.
import http from 'node:http';
import { Server } from 'socket.io';

const owners = {};
const ports = [];

for (const name of ['a', 'b']) {
  const server = http.createServer();
  const io = new Server(server);
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address();
  ports.push(port);
  io.engine.on('connection', (raw) => {
    owners[raw.id] = port;
    raw.on('close', () => delete owners[raw.id]);
  });
  io.on('connection', (socket) => {
    socket.on('whichNode', (ack) => ack({ node: name, transport: socket.conn.transport.name }));
  });
}

function port(url) {
  const sid = new URLSearchParams(url.split('?')[1]).get('sid');
  if (sid in owners) return owners[sid];
  ports.push(ports.shift());
  return ports[0];
}

const front = http.createServer((req, res) => {
  const options = { host: '127.0.0.1', port: port(req.url), method: req.method, path: req.url, headers: req.headers };
  const onward = http.request(options, (answer) => {
    res.writeHead(answer.statusCode, answer.headers);
    answer.pipe(res);
  });
  onward.on('error', () => res.destroy());
  res.on('close', () => onward.destroy());
  req.pipe(onward);
});

front.on('upgrade', (req, socket, first) => {
  const { method, url, headers } = req;
  const onward = http.request({ host: '127.0.0.1', port: port(url), method, path: url, headers });
  onward.on('upgrade', (answer, line, rest) => {
    const head = answer.rawHeaders.map((part, i) => (i % 2 ? `${part}\r\n` : `${part}: `));
    socket.write(`HTTP/1.1 101 Switching Protocols\r\n${head.join('')}\r\n`);
    socket.write(rest);
    line.write(first);
    line.pipe(socket).pipe(line);
    line.on('error', () => socket.destroy());
    socket.on('error', () => line.destroy());
  });
  onward.on('response', () => socket.destroy());
  onward.on('error', () => socket.destroy());
  onward.end();
});

front.listen(process.env.PORT, '127.0.0.1');
