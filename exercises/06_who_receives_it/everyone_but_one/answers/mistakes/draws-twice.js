const personsRoom = (name) => `person:${name}`;

export default function register(io) {
  io.on('connection', (socket) => {
    socket.on('enter', ({ name }, ack) => {
      socket.join(personsRoom(name));
      ack({ ok: true });
    });

    socket.on('draw', ({ stroke }) => {
      io.emit('drawn', { stroke });
    });

    socket.on('planSurprise', ({ for: name, text }) => {
      io.except(personsRoom(name)).emit('secret', { for: name, text });
    });

    socket.on('nominate', ({ name }) => {
      socket.broadcast.except(personsRoom(name)).emit('vote', { name });
    });
  });
}
