import { createServer, request as ask } from 'node:http';
import { connect } from 'node:net';
import { Server } from 'socket.io';

const nodes = [await startNode('north'), await startNode('south')];
const homes = new Map(); // session id → its node. A real balancer also forgets one that has been silent for some minutes.
let turn = 0;

const sessionOf = (request) => new URL(request.url, 'http://balancer').searchParams.get('sid');

function choose(request) {
  const home = homes.get(sessionOf(request));
  if (home) return home;
  turn += 1;
  return nodes[turn % nodes.length];
}

// A session begins with an answer like 0{"sid":"…",…}. Whoever gave it keeps the session.
function learn(answer, node) {
  let text = '';
  answer.on('data', (chunk) => {
    text += chunk;
    const sid = /^0{"sid":"([^"]+)"/.exec(text)?.[1];
    if (sid) homes.set(sid, node);
  });
}

const balancer = createServer((request, response) => {
  const node = choose(request);
  const { method, url, headers } = request;
  const onward = ask({ host: '127.0.0.1', port: node.port, method, path: url, headers }, (answer) => {
    const sid = sessionOf(request);
    if (!sid) learn(answer, node);
    else if (answer.statusCode === 400) homes.delete(sid); // its node does not know it any more
    response.writeHead(answer.statusCode, answer.headers);
    answer.pipe(response);
  });
  onward.on('error', () => response.destroy());
  response.on('close', () => onward.destroy());
  request.pipe(onward);
});

// A request that becomes a WebSocket: from now on the two lines are one.
balancer.on('upgrade', (request, socket, first) => {
  const line = connect(choose(request).port, '127.0.0.1');
  const headers = Object.entries(request.headers).map(([name, value]) => `${name}: ${value}\r\n`);
  line.write(`${request.method} ${request.url} HTTP/1.1\r\n${headers.join('')}\r\n`);
  line.write(first);
  line.pipe(socket).pipe(line);
  line.on('error', () => socket.destroy());
  socket.on('error', () => line.destroy());
});

balancer.listen(process.env.PORT, '127.0.0.1');

async function startNode(name) {
  const server = createServer();
  const io = new Server(server);
  io.on('connection', (socket) => {
    socket.on('whichNode', (ack) => {
      ack({ node: name, transport: socket.conn.transport.name });
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { name, port: server.address().port };
}
