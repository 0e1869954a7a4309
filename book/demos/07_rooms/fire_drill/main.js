export default function register(io) {
  io.on('connection', (socket) => {
    socket.on('takeSeats', (subjects, ack) => {
      socket.join(subjects); // a list: several rooms at once
      ack('seated');
    });

    // region: drill
    socket.on('fireDrill', () => {
      io.to('physics').to('chemistry').except('exam').emit('leaveTheBuilding');
    });
    // endregion
  });
}
