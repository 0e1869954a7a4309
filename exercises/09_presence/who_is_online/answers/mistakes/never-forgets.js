export default function register(io) {
  const seats = new Map();
  const seen = new Map(); // id of the socket → name
  const tabs = new Map();

  const person = (name) => ({ name, seat: seats.get(name) });

  io.on('connection', (socket) => {
    const { name } = socket.handshake.auth;
    if (!seats.has(name)) seats.set(name, seats.size + 1);
    tabs.set(name, (tabs.get(name) ?? 0) + 1);
    seen.set(socket.id, name);

    socket.emit('everyone', [...new Set(seen.values())].map(person));
    if (tabs.get(name) === 1) socket.broadcast.emit('online', person(name));

    socket.on('disconnect', () => {
      tabs.set(name, tabs.get(name) - 1);
      if (tabs.get(name) === 0) io.emit('offline', { name });
    });
  });
}
