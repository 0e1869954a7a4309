import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { Server } from 'socket.io';

// region: http
const http = createServer((request, response) => {
  const room = /^\/notice\/(\w+)$/.exec(request.url)?.[1];
  if (!room || request.method !== 'POST') return response.writeHead(404).end();
  if (request.headers['x-key'] !== 'blue') return response.writeHead(401).end();

  io.to(room).emit('notice');
  response.writeHead(202).end();
});
// endregion

const io = new Server(http);

// Stands for a database: it takes its time, and it can refuse.
const pages = new Map();
const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'];

async function write(day, text) {
  await sleep(5);
  if (!days.includes(day)) throw new Error(`the book has no page for ${day}`);
  pages.set(day, text);
}

io.on('connection', (socket) => {
  socket.on('sit', (room, ack) => {
    socket.join(room);
    ack('ok');
  });

  // region: socket
  socket.on('notice', (room, ack) => {
    socket.to(room).emit('notice');
    ack('ok');
  });
  // endregion

  // region: homework
  socket.on('setHomework', async ({ day, text }, ack) => {
    try {
      await write(day, text);
    } catch (error) {
      console.error(error.message);
      return ack({ ok: false, error: 'no_such_day' });
    }
    io.emit('homeworkSet', { day });
    ack({ ok: true });
  });

  socket.on('homework', ({ day }, ack) => ack({ text: pages.get(day) }));
  // endregion
});

http.listen(process.env.PORT, '127.0.0.1');
