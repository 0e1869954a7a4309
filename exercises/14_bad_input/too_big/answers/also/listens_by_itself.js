// One function makes every answer; the HTTP server is handed over when it listens already.
import { createServer } from 'node:http';

import { Server } from 'socket.io';

const io = new Server({ maxHttpBufferSize: 8e4 });

function judge(text) {
  const length = Buffer.byteLength(text);
  return length <= 2e4 ? { ok: true, length } : { ok: false, error: 'too_long', limit: 2e4 };
}

io.sockets.on('connection', (socket) => {
  socket.on('handIn', async (homework, answer) => {
    const verdict = judge(homework.text);
    if (verdict.ok) io.except(socket.id).emit('handedIn', { length: verdict.length });
    answer(verdict);
  });
});

const { PORT = '3000' } = process.env;
io.listen(createServer().listen(Number(PORT), '127.0.0.1'));
