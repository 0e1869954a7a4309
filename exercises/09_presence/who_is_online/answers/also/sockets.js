// Nothing is counted and nothing is cleaned up: who is online is asked of the sockets, each time.
export default function register(io) {
  const seats = [];

  io.on('connection', (socket) => {
    socket.data.name = socket.handshake.auth.name;
    const person = ({ name }) => {
      if (!seats.includes(name)) seats.push(name);
      return { name, seat: `seat ${seats.indexOf(name)}` };
    };
    const others = () => [...io.of('/').sockets.values()].filter((other) => other !== socket);
    const isAlone = () => others().every(({ data }) => data.name !== socket.data.name);

    const people = new Map([socket, ...others()].map(({ data }) => [data.name, person(data)]));
    socket.emit('everyone', [...people.values()]);
    if (isAlone()) others().forEach((other) => other.emit('online', person(socket.data)));

    socket.on('disconnect', () => {
      if (isAlone()) others().forEach((other) => other.emit('offline', { name: socket.data.name }));
    });
  });
}
