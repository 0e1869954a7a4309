const personsRoom = (name) => `person:${name}`;

export default function register(io) {
  io.on('connection', (socket) => {
    socket.on('enter', ({ name }, ack) => {
      socket.data.name = name;
      socket.join(personsRoom(name));
      ack({ ok: true });
    });

    socket.on('draw', ({ stroke }) => {
      socket.broadcast.emit('drawn', { stroke });
    });

    socket.on('planSurprise', ({ for: name, text }) => {
      io.except(personsRoom(name)).emit('secret', { for: name, text });
    });

    socket.on('nominate', ({ name }) => {
      io.except([personsRoom(socket.data.name), personsRoom(name)]).emit('vote', { name });
    });
  });
}
