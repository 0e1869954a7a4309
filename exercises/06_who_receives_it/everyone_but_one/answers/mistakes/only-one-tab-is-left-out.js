const personsRoom = (name) => `person:${name}`;

const connections = new Map();

export default function register(io) {
  io.on('connection', (socket) => {
    socket.on('enter', ({ name }, ack) => {
      if (!connections.has(name)) connections.set(name, socket.id);
      socket.join(personsRoom(name));
      ack({ ok: true });
    });

    socket.on('draw', ({ stroke }) => {
      socket.broadcast.emit('drawn', { stroke });
    });

    socket.on('planSurprise', ({ for: name, text }) => {
      io.except(connections.get(name) ?? []).emit('secret', { for: name, text });
    });

    socket.on('nominate', ({ name }) => {
      socket.broadcast.except(personsRoom(name)).emit('vote', { name });
    });
  });
}
