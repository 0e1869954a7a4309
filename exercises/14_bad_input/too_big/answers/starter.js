import { createServer } from 'node:http';
import { Server } from 'socket.io';

const httpServer = createServer();

// How large may a packet be? Nothing is said about it here, and so the library decides.
const io = new Server(httpServer);

io.on('connection', (socket) => {
  socket.on('handIn', ({ text }, ack) => {
    const { length } = text;
    socket.broadcast.emit('handedIn', { length });
    ack({ ok: true, length });
  });
});

httpServer.listen(process.env.PORT ?? 3000, '127.0.0.1');
