// No counting at all: each person is a room, and a room with nobody in it is gone.
import { randomUUID } from 'node:crypto';

export default function register(io) {
  const seats = {};
  const { rooms } = io.of('/').adapter;

  io.use((socket, next) => {
    const { name } = socket.handshake.auth;
    seats[name] ??= randomUUID();
    socket.data = { name, seat: seats[name] };
    next();
  });

  io.on('connection', async (socket) => {
    const { name, seat } = socket.data;
    const room = `person:${name}`;
    const wasThere = rooms.has(room);
    await socket.join(room);

    socket.on('disconnect', () => {
      if (!rooms.has(room)) io.emit('offline', { name });
    });

    if (!wasThere) io.except(room).emit('online', { name, seat });
    const people = [...rooms.keys()].filter((key) => key.startsWith('person:')).map((key) => key.slice(7));
    socket.emit('everyone', people.map((each) => ({ name: each, seat: seats[each] })));
  });
}
