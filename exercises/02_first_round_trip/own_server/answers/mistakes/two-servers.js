import { createServer } from 'node:http';
import { Server } from 'socket.io';

const app = createServer((request, response) => {
  const found = request.url === '/health';
  response.writeHead(found ? 200 : 404, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify({ ok: found }));
});

const io = new Server(createServer(app));

io.on('connection', (socket) => {
  socket.emit('welcome', { text: 'Good morning!' });
});

app.listen(process.env.PORT ?? 3000, '127.0.0.1');
