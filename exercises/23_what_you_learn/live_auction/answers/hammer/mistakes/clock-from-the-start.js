const CONFIRMED_FROM = 1000;
const PATIENCE = 5000; // milliseconds

const auctions = new Map();

export default function register(io) {
  io.on('connection', (socket) => {
    // Who somebody is was said at the door. No payload can change it, and a new line does not, either.
    const { name } = socket.handshake.auth;

    socket.on('open', ({ auction: id, price, patience = PATIENCE, silence }, ack) => {
      if (auctions.has(id)) {
        ack({ ok: false, error: 'exists' });
        return;
      }
      const auction = { price, bidder: null, open: true, patience, silence };
      auctions.set(id, auction);
      startClock(io, id, auction);
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

    socket.on('bid', async ({ auction: id, price }, ack) => {
      const auction = auctions.get(id);
      let error = whyNot(auction, name, price);
      if (!error && price >= CONFIRMED_FROM) {
        const confirmed = await confirms(socket, id, price, auction.patience);
        // While this one waited, others went on. So look again, and from here on do not wait.
        error = confirmed ? whyNot(auction, name, price) : 'not_confirmed';
      }
      if (error) {
        ack({ ok: false, error });
        return;
      }
      auction.price = price;
      auction.bidder = name;
      startClock(io, id, auction);
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
  if (!auction.open) return 'closed';
  if (auction.bidder === name) return 'already_yours';
  if (price <= auction.price) return 'too_low';
}

async function confirms(socket, id, price, patience) {
  try {
    const answer = await socket.timeout(patience).emitWithAck('confirm', { auction: id, price });
    return answer?.ok === true;
  } catch {
    return false;
  }
}

// One clock for each auction: the new one takes the place of the old one.
function startClock(io, id, auction) {
  if (auction.silence === undefined) return;
  clearTimeout(auction.clock);
  auction.clock = setTimeout(() => {
    auction.open = false;
    io.to(roomOf(id)).emit('sold', { auction: id, price: auction.price, bidder: auction.bidder });
  }, auction.silence);
}

function stateOf(id, { price, bidder, open }) {
  return { auction: id, price, bidder, open };
}
