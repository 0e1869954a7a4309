// Another style: an auction is an object that knows nothing of sockets. It is watched by callbacks instead of rooms,
// and one clock looks at the deadlines of all auctions. No await: the answer to `confirm` comes to a callback.

class Refused extends Error {}

class Auction {
  #watchers = new Set();
  #deadline = Infinity;
  #silence;

  constructor(id, price, patience = 5000, silence = Infinity) {
    this.state = { auction: id, price, bidder: null, open: true };
    this.patience = patience;
    this.#silence = silence;
  }

  watch(tell) {
    this.#watchers.add(tell);
    tell('price', this.state);
  }

  leave(tell) {
    this.#watchers.delete(tell);
  }

  check(bidder, price) {
    this.look();
    if (!this.state.open) throw new Refused('closed');
    if (this.state.bidder === bidder) throw new Refused('already_yours');
    if (price <= this.state.price) throw new Refused('too_low');
  }

  bid(bidder, price) {
    this.check(bidder, price);
    this.state = { ...this.state, price, bidder };
    this.#deadline = performance.now() + this.#silence;
    this.#tell('price', this.state);
  }

  look() {
    if (!this.state.open || performance.now() < this.#deadline) return;
    this.state = { ...this.state, open: false };
    const { open, ...result } = this.state;
    this.#tell('sold', result);
  }

  #tell(event, payload) {
    this.#watchers.forEach((tell) => tell(event, payload));
  }
}

export default (io) => {
  const auctions = new Map();
  setInterval(() => auctions.forEach((auction) => auction.look()), 20);

  io.on('connection', (socket) => {
    const who = socket.handshake.auth.name;
    const tell = socket.emit.bind(socket);
    const find = (id) => {
      if (!auctions.has(id)) throw new Refused('no_such_auction');
      return auctions.get(id);
    };
    // Whatever a request throws as a refusal becomes its acknowledgement.
    const answer = (ack, act) => {
      try {
        act();
        ack({ ok: true });
      } catch (refused) {
        if (!(refused instanceof Refused)) throw refused;
        ack({ ok: false, error: refused.message });
      }
    };

    socket.on('open', ({ auction, price, patience, silence }, ack) => answer(ack, () => {
      if (auctions.has(auction)) throw new Refused('exists');
      auctions.set(auction, new Auction(auction, price, patience, silence));
    }));

    socket.on('watch', ({ auction }, ack) => answer(ack, () => find(auction).watch(tell)));

    socket.on('bid', ({ auction, price }, ack) => {
      const later = (error, reply) => answer(ack, () => {
        if (error || reply?.ok !== true) throw new Refused('not_confirmed');
        find(auction).bid(who, price);
      });
      if (price < 1000) {
        later(null, { ok: true });
        return;
      }
      try {
        find(auction).check(who, price);
        socket.timeout(find(auction).patience).emit('confirm', { auction, price }, later);
      } catch (refused) {
        ack({ ok: false, error: refused.message });
      }
    });

    socket.on('disconnect', () => auctions.forEach((auction) => auction.leave(tell)));
  });
};
