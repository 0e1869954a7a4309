// Everyone but one: three events, and each has somebody who must not hear it. The contract is in exercise.yaml.
//
// A room holds any number of connections: also the two tabs of one person.

const personsRoom = (name) => `person:${name}`;

export default function register(io) {
  io.on('connection', (socket) => {
    socket.on('enter', ({ name }, ack) => {
      socket.join(personsRoom(name));
      ack({ ok: true });
    });

    socket.on('draw', ({ stroke }) => {
      // Asha's page has drawn the stroke already. Who must hear it?
      io.emit('drawn', { stroke });
    });

    socket.on('planSurprise', ({ for: name, text }) => {
      io.emit('secret', { for: name, text });
    });

    socket.on('nominate', ({ name }) => {
      io.emit('vote', { name });
    });
  });
}
