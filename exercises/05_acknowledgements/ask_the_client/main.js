// Ask the client: the server asks, a client acknowledges. The contract is in exercise.yaml.
//
// Not only clients ask. A server can send an event that asks for an acknowledgement, too. Then it is the server
// that waits, and the client may be slow, or gone.

export default function register(io) {
  const pupils = new Map();

  io.on('connection', (socket) => {
    socket.on('enter', ({ name }, ack) => {
      socket.data.name = name;
      pupils.set(name, socket);
      ack({ ok: true });
    });

    socket.on('callOn', async ({ name, question }, ack) => {
      const pupil = pupils.get(name);
      if (!pupil) {
        ack({ ok: false, error: 'not_here' });
        return;
      }
      // This tells the pupil. Does it also ask? And what is acknowledged here?
      pupil.emit('question', { question });
      ack({ ok: true });
    });

    socket.on('disconnect', () => {
      pupils.delete(socket.data.name);
    });
  });
}
