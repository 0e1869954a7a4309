// Another right way: it keeps its own list of who is here.
const here = new Set();

export default function register(io) {
  io.on('connection', (socket) => {
    here.add(socket);
    socket.on('disconnect', () => here.delete(socket));
    socket.on('say', (line, ack) => {
      for (const other of here) {
        if (other !== socket) other.emit('said', line);
      }
      ack({ ok: true });
    });
  });
}
