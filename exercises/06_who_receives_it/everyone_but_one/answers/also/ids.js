// No rooms of its own: a list of socket ids for each person. On Node each id is the name of a room.
export default function register(io) {
  const idsOf = async (name) => {
    const sockets = await io.fetchSockets();
    return sockets.filter(({ data }) => data.name === name).map(({ id }) => id);
  };

  io.on('connection', (socket) => {
    socket.on('enter', ({ name }, ack) => {
      socket.data = { name };
      ack({ ok: true });
    });

    socket.on('draw', ({ stroke }) => {
      io.except(socket.id).emit('drawn', { stroke });
    });

    socket.on('planSurprise', async ({ for: name, text }) => {
      io.except(await idsOf(name)).emit('secret', { for: name, text });
    });

    socket.on('nominate', async ({ name }) => {
      io.except([socket.id, ...(await idsOf(name))]).emit('vote', { name });
    });
  });
}
