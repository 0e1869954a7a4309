export default function register(io) {
  const seats = new Map();

  const tabsOf = (name) => [...io.sockets.sockets.values()].filter((socket) => socket.data.name === name);
  const person = (name) => ({ name, seat: seats.get(name) });

  io.on('connection', (socket) => {
    const { name } = socket.handshake.auth;
    socket.data.name = name;
    if (!seats.has(name)) seats.set(name, seats.size + 1);

    socket.emit('everyone', [...io.sockets.sockets.values()].map(({ data }) => person(data.name)));
    if (tabsOf(name).length === 1) socket.broadcast.emit('online', person(name));

    socket.on('disconnect', () => {
      if (tabsOf(name).length === 0) io.emit('offline', { name });
    });
  });
}
