const personsRoom = (name) => `person:${name}`;

const connections = new Map();

export default function register(io) {
  io.on('connection', (socket) => {
    socket.on('enter', ({ name }, ack) => {
      socket.join(personsRoom(name));
      connections.set(name, socket.id);
      ack({ ok: true });
    });

    socket.on('draw', ({ stroke }) => {
      socket.broadcast.emit('drawn', { stroke });
    });

    socket.on('planSurprise', ({ for: name, text }) => {
      io.except(personsRoom(name)).emit('secret', { for: name, text });
    });

    socket.on('nominate', ({ name }) => {
      socket.broadcast.except(connections.get(name) ?? []).emit('vote', { name });
    });
  });
}
