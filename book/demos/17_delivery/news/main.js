// region: store
const store = []; // the item with the number n stands at n - 1
// endregion

export default function register(io) {
  // region: come
  io.on('connection', (socket) => {
    socket.on('post', ({ text }, ack) => {
      const item = { number: store.length + 1, text };
      store.push(item);
      io.to('news').emit('news', item);
      ack({ ok: true, number: item.number });
    });

    // From here to `join` nothing else can happen: there is no `await` in between.
    for (const item of store.slice(socket.handshake.auth.after)) {
      socket.emit('news', item);
    }
    socket.join('news');
  });
  // endregion
}
