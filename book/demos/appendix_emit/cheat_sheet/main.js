export default function register(io) {
  io.of('/staff'); // makes it

  let remembered; // a socket's id

  io.on('connection', (socket) => {
    socket.on('sit', (rooms, ack) => {
      socket.join(rooms);
      ack('ok');
    });

    socket.on('rememberMe', (ack) => {
      remembered = socket.id;
      ack('ok');
    });

    // region: without-rooms
    socket.on('one', () => socket.emit('toSender'));
    socket.on('all', () => io.emit('toAll'));
    socket.on('others', () => socket.broadcast.emit('toOthers'));
    // endregion

    // region: rooms
    socket.on('room', () => io.to('physics').emit('toRoom'));
    socket.on('roomOthers', () => socket.to('physics').emit('toRoomOthers'));
    socket.on('twoRooms', () => io.to('physics').to('chemistry').emit('toTwoRooms'));
    // endregion

    // region: except
    socket.on('allBut', () => io.except('physics').emit('toAllBut'));
    socket.on('roomBut', () => io.to('physics').except('chemistry').emit('toRoomBut'));
    socket.on('othersBut', () => socket.broadcast.except('chemistry').emit('toOthersBut'));
    // endregion

    // region: elsewhere
    socket.on('byId', () => io.to(remembered).emit('toId'));
    socket.on('staff', () => io.of('/staff').emit('toStaff'));
    socket.on('node', () => io.local.emit('toNode'));
    // endregion

    // region: may-be-lost
    socket.on('fleeting', () => socket.volatile.emit('maybeOne'));
    socket.on('fleetingRoom', () => io.volatile.to('physics').emit('maybeRoom'));
    // endregion

    // region: answers
    socket.on('askOne', async () => {
      try {
        socket.emit('answer', await socket.timeout(2000).emitWithAck('askedOne'));
      } catch {
        socket.emit('answer', null); // no answer within two seconds
      }
    });

    socket.on('askRoom', async () => {
      let answers;
      try {
        answers = await io.timeout(2000).to('physics').emitWithAck('askedRoom');
      } catch (error) {
        answers = error.responses; // of those who did answer
      }
      socket.emit('answers', answers.sort());
    });
    // endregion
  });
}
