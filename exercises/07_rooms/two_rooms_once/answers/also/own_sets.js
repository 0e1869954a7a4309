// No rooms of socket.io: a Set of names for each socket, and every socket is looked at.
const joined = new Map();

export default function register(io) {
  const tell = (text, hears) => {
    for (const [socket, rooms] of joined) if (hears(rooms)) socket.emit('told', { text });
  };

  io.on('connection', (socket) => {
    joined.set(socket, new Set());

    socket.on('joinRoom', ({ roomId }, ack) => {
      joined.get(socket).add(roomId);
      ack({ ok: true });
    });

    socket.on('tellAny', ({ rooms, text }, ack) => {
      tell(text, (mine) => rooms.some((room) => mine.has(room)));
      ack({ ok: true });
    });

    socket.on('tellBoth', ({ rooms, text }, ack) => {
      tell(text, (mine) => rooms.every((room) => mine.has(room)));
      ack({ ok: true });
    });

    socket.on('disconnect', () => joined.delete(socket));
  });
}
