// No rooms and no broadcasts: a Map says whose each socket is, and each packet is sent on one line.
const persons = new Map();

function tell(event, payload, hears) {
  for (const [socket, name] of persons) {
    if (hears(socket, name)) socket.emit(event, payload);
  }
}

export default function register(io) {
  io.on('connection', (socket) => {
    persons.set(socket, null);

    socket.on('enter', ({ name }, ack) => {
      persons.set(socket, name);
      ack({ ok: true });
    });

    socket.on('draw', (stroke) => tell('drawn', stroke, (other) => other !== socket));

    socket.on('planSurprise', (plan) => tell('secret', plan, (_, name) => name !== plan.for));

    socket.on('nominate', (vote) => {
      tell('vote', vote, (other, name) => other !== socket && name !== vote.name);
    });

    socket.on('disconnect', () => persons.delete(socket));
  });
}
