// Never asks `socket.recovered`: a recovered socket is in its rooms already, and a new one is not.
export const options = { connectionStateRecovery: {} };

const CLASS = 'class';
const history = [];

const welcome = (socket) => {
  socket.join(CLASS);
  socket.to(CLASS).emit('joined', { name: socket.handshake.auth.name });
  socket.emit('history', [...history]);
};

export default async (io) => {
  io.on('connection', (socket) => {
    if (!socket.rooms.has(CLASS)) welcome(socket);

    socket.onAny((event, { text }, ack) => {
      if (event !== 'say') return;
      const line = { from: socket.handshake.auth.name, text };
      history.push(line);
      ack({ ok: true });
      io.in(CLASS).emit('said', line);
    });
  });
};
