export default function register(io) {
  const seats = new Map(); // name → seat, for as long as the server runs
  const tabs = new Map(); // name → number of open connections; who has none is not in it

  const person = (name) => ({ name, seat: seats.get(name) });

  io.on('connection', (socket) => {
    const { name } = socket.handshake.auth;
    const isFirst = !tabs.has(name);
    if (!seats.has(name)) seats.set(name, tabs.size + 1);
    tabs.set(name, (tabs.get(name) ?? 0) + 1);

    socket.emit('everyone', [...tabs.keys()].map(person));
    if (isFirst) socket.broadcast.emit('online', person(name));

    socket.on('disconnect', () => {
      tabs.set(name, tabs.get(name) - 1);
      if (tabs.get(name) > 0) return;
      tabs.delete(name);
      io.emit('offline', { name });
    });
  });
}
