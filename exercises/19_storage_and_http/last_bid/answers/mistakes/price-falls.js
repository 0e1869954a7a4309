import { setTimeout as sleep } from 'node:timers/promises';

// Given: a store that answers after a while, sometimes sooner, sometimes later.
const prices = new Map();
const delays = [12, 8, 4];
let asked = 0;
const soon = () => sleep(delays[asked++ % delays.length]);

const store = {
  async read(lot) {
    const price = prices.get(lot);
    await soon();
    return price;
  },
  async write(lot, price) {
    await soon();
    prices.set(lot, price);
  },
};

const current = new Map();

export default function register(io) {
  io.on('connection', (socket) => {
    socket.on('open', async ({ lot, from }, ack) => {
      current.set(lot, from);
      await store.write(lot, from);
      ack({ ok: true });
    });

    socket.on('bid', async ({ lot, amount }, ack) => {
      if (amount <= current.get(lot)) {
        ack({ ok: false, error: 'too_low' });
        return;
      }
      current.set(lot, amount);
      await store.write(lot, amount);
      io.emit('price', { lot, amount });
      ack({ ok: true });
    });
  });
}
