// The staff room: a second namespace on the same line, with a door of its own. The contract is in exercise.yaml.
//
// A namespace has its own clients, its own rooms and its own middlewares.

export default function register(io) {
  const staff = io.of('/staff');

  // Who may come in here?

  io.on('connection', (socket) => {
    socket.on('joinRoom', joinRoom(socket));
  });

  staff.on('connection', (socket) => {
    socket.on('joinRoom', joinRoom(socket));

    socket.on('note', ({ text }) => {
      // Which namespace does this address?
      io.emit('noted', { text });
    });

    socket.on('announce', ({ text }) => {
      io.emit('announced', { text });
    });

    socket.on('callRoom', ({ roomId, text }) => {
      io.to(roomId).emit('called', { roomId, text });
    });
  });
}

function joinRoom(socket) {
  return ({ roomId }, ack) => {
    socket.join(roomId);
    ack({ ok: true });
  };
}
