import { setTimeout as sleep } from 'node:timers/promises';

// Stands for a database: it takes its time, and it can refuse.
const pages = new Map();
const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'];

const book = {
  async write(day, text) {
    await sleep(20);
    if (!days.includes(day)) throw new Error(`the book has no page for ${day}`);
    pages.set(day, text);
  },
  async read(day) {
    return pages.get(day);
  },
};

export default function register(io) {
  io.on('connection', (socket) => {
    // region: set
    socket.on('setHomework', async ({ day, text }, ack) => {
      try {
        await book.write(day, text);
        ack({ ok: true });
      } catch (error) {
        console.error(error.message); // for us
        ack({ ok: false, error: 'no_such_day' }); // for the one who asked
      }
    });
    // endregion

    socket.on('homework', async ({ day }, ack) => {
      const text = await book.read(day);
      ack(text ? { ok: true, text } : { ok: false, error: 'nothing_set' });
    });
  });
}
