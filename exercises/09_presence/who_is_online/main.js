// Who is online: several tabs, one person. The contract is in exercise.yaml.
//
// The connection handler runs for each connection. Is that the same as: for each person?

export default function register(io) {
  const seats = new Map(); // name → seat
  const online = new Set(); // names

  const person = (name) => ({ name, seat: seats.get(name) });

  io.on('connection', (socket) => {
    const { name } = socket.handshake.auth;
    if (!seats.has(name)) seats.set(name, seats.size + 1);
    online.add(name);

    socket.emit('everyone', [...online].map(person));
    socket.broadcast.emit('online', person(name));

    socket.on('disconnect', () => {
      online.delete(name);
      io.emit('offline', { name });
    });
  });
}
