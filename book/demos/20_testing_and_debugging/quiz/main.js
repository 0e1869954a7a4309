export default function register(io) {
  io.on('connection', (socket) => {
    let room;

    // region: join
    socket.on('join', (name, ack) => {
      if (!['string', 'number'].includes(typeof name)) return ack({ ok: false, error: 'bad_class' });
      if (room) socket.leave(room);
      room = String(name);
      socket.join(room);
      ack({ ok: true });
    });
    // endregion

    // region: say
    socket.on('say', (text, ack) => {
      if (!room) return ack({ ok: false, error: 'in_no_class' });
      io.to(room).emit('said', text);
      ack({ ok: true });
    });
    // endregion
  });
}
