export default function register(io) {
  io.on('connection', (socket) => {
    socket.on('write', (text, ack) => ack('written'));

    // region: any
    socket.onAny((event, ...args) => {
      if (socket.eventNames().includes(event)) return; // it has a handler
      const ack = args.at(-1);
      if (typeof ack === 'function') ack('unknown_event');
    });
    // endregion
  });
}
