const auctions = new Map();

export default function register(io) {
  io.on('connection', (socket) => {
    socket.on('open', ({ auction: id, price }, ack) => {
      if (auctions.has(id)) {
        ack({ ok: false, error: 'exists' });
        return;
      }
      auctions.set(id, { price, bidder: null, open: true });
      ack({ ok: true });
    });

    socket.on('watch', ({ auction: id }, ack) => {
      const auction = auctions.get(id);
      socket.join(roomOf(id));
      ack({ ok: true });
      if (auction) socket.emit('price', stateOf(id, auction));
    });
  });
}

// The prefix keeps a client from naming another room, such as the one that every socket has of its own.
function roomOf(id) {
  return `auction:${id}`;
}

function stateOf(id, { price, bidder, open }) {
  return { auction: id, price, bidder, open };
}
