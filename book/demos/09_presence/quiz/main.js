export default function register(io) {
  io.on('connection', (socket) => {
    const { name } = socket.handshake.auth;
    const person = `person:${name}`;
    socket.join(person);

    socket.on('sit', (room, ack) => {
      socket.join(`seat:${room}`);
      ack('seated');
    });

    // region: draft
    socket.on('saveDraft', (text) => {
      socket.to(person).emit('draft', text);
    });
    // endregion

    // region: surprise
    socket.on('planFor', (friend) => {
      io.except(`person:${friend}`).emit('surprise');
    });
    // endregion

    // region: rooms
    socket.on('disconnect', () => {
      for (const room of socket.rooms) socket.to(room).emit('farewell');
    });
    // endregion

    // region: end
    socket.on('disconnect', () => {
      const isStillHere = io.sockets.adapter.rooms.has(person);
      if (isStillHere) socket.to(person).emit('tabClosed');
      else socket.broadcast.emit('offline', name);
    });
    // endregion
  });
}
