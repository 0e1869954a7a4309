export default function register(io) {
  io.on('connection', (socket) => {
    socket.data.name = socket.handshake.auth.name;

    socket.on('takeSeat', (subject, ack) => {
      socket.join(subject);
      ack('seated');
    });

    socket.on('disconnect', () => {
      io.emit('gone', socket.data.name);
    });

    // region: ask
    socket.on('whoIsIn', async (subject, ack) => {
      const members = await io.in(subject).fetchSockets();
      ack(members.map((member) => member.data.name).sort());
    });

    socket.on('myRooms', (ack) => {
      const rooms = [...socket.rooms].filter((room) => room !== socket.id);
      ack(rooms.sort());
    });
    // endregion
  });
}
