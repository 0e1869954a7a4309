import { createServer } from 'node:http';
import { Server } from 'socket.io';

const LIMIT = 20_000;

const httpServer = createServer();

// The wall. It is higher than the rule, so that the handler can explain the rule.
const io = new Server(httpServer, { maxHttpBufferSize: 50_000 });

io.on('connection', (socket) => {
  socket.on('handIn', ({ text }, ack) => {
    const { length } = text;
    if (length > LIMIT) {
      ack({ ok: false, error: 'too_long', limit: LIMIT });
      return;
    }
    socket.broadcast.emit('handedIn', { length });
    ack({ ok: true, length });
  });
});

httpServer.listen(process.env.PORT ?? 3000, '127.0.0.1');
