const auctions = new Map();

export default function register(io) {
  io.on('connection', (socket) => {
    // Who somebody is was said at the door. No payload can change it.
    const { name } = socket.handshake.auth;

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
      if (!auction) {
        ack({ ok: false, error: 'no_such_auction' });
        return;
      }
      socket.join(roomOf(id));
      ack({ ok: true });
      socket.emit('price', stateOf(id, auction));
    });

    socket.on('bid', ({ auction: id, price }, ack) => {
      const auction = auctions.get(id);
      const error = whyNot(auction, name, price);
      if (error) {
        ack({ ok: false, error });
        return;
      }
      auction.price = price;
      auction.bidder = name;
      ack({ ok: true });
      io.to(roomOf(id)).emit('price', stateOf(id, auction));
    });
  });
}

// The prefix keeps a client from naming another room, such as the one that every socket has of its own.
function roomOf(id) {
  return `auction:${id}`;
}

function whyNot(auction, name, price) {
  if (!auction) return 'no_such_auction';
  if (price <= auction.price) return 'too_low';
  if (auction.bidder === name) return 'already_yours';
}

function stateOf(id, { price, bidder, open }) {
  return { auction: id, price, bidder, open };
}
