// region: newest
const PAUSE = 50; // milliseconds: at most twenty positions a second

export default function register(io) {
  let newest;

  function show(x) {
    if (newest === undefined) setTimeout(flush, PAUSE);
    newest = x;
  }

  function flush() {
    io.emit('pointer', newest);
    newest = undefined;
  }

  io.on('connection', (socket) => {
    socket.on('point', (positions, ack) => {
      for (const x of positions) show(x);
      ack('done');
    });
  });
}
// endregion
