// Decides at once, in memory, and announces at once. The store gets the prices afterwards, one after the other.
class Auction {
  #price;
  #stored = Promise.resolve();

  constructor(price) {
    this.#price = price;
  }

  offer(amount) {
    if (amount <= this.#price) return false;
    this.#price = amount;
    return true;
  }

  saved(amount) {
    this.#stored = this.#stored.then(() => new Promise((resolve) => setTimeout(resolve, 3, amount)));
    return this.#stored;
  }
}

const auctions = Object.create(null);

export default (io) => {
  const bid = async (lot, amount) => {
    if (!auctions[lot].offer(amount)) return { ok: false, error: 'too_low' };
    io.sockets.emit('price', { lot, amount });
    await auctions[lot].saved(amount);
    return { ok: true };
  };

  io.on('connection', (socket) => {
    socket.on('open', ({ lot, from }, ack) => {
      auctions[lot] = new Auction(from);
      ack({ ok: true });
    });
    socket.on('bid', ({ lot, amount }, ack) => void bid(lot, amount).then(ack));
  });
};
