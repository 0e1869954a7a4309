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

const queues = new Map(); // lot → the last piece of work in its queue

function inTurn(lot, work) {
  const turn = (queues.get(lot) ?? Promise.resolve()).then(work);
  queues.set(lot, turn.catch(() => {}));
  return turn;
}

export default function register(io) {
  io.on('connection', (socket) => {
    socket.on('open', async ({ lot, from }, ack) => {
      await store.write(lot, from);
      ack({ ok: true });
    });

    socket.on('bid', ({ lot, amount }, ack) => inTurn(lot, async () => {
      const price = await store.read(lot);
      io.emit('price', { lot, amount });
      if (amount <= price) {
        ack({ ok: false, error: 'too_low' });
        return;
      }
      await store.write(lot, amount);
      ack({ ok: true });
    }));
  });
}
