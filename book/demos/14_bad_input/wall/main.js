import { createServer } from 'node:http';
import { Server } from 'socket.io';

const httpServer = createServer();

// region: wall
const io = new Server(httpServer, {
  maxHttpBufferSize: 100, // bytes, for one packet, on every transport
});
// endregion

io.on('connection', (socket) => {
  socket.on('draw', ({ picture }, ack) => ack({ ok: true, size: picture.length }));
});

httpServer.listen(process.env.PORT, '127.0.0.1');
