import { setTimeout as sleep } from 'node:timers/promises';

import Database from 'libsql';

const db = new Database(process.env.DATABASE ?? ':memory:');
db.exec(`CREATE TABLE IF NOT EXISTS notes (
  title TEXT PRIMARY KEY,
  text TEXT NOT NULL CHECK (text <> '')
)`);
const insert = db.prepare('INSERT INTO notes (title, text) VALUES (?, ?)');
const select = db.prepare('SELECT text FROM notes WHERE title = ?');

// Given: writing takes a while. `work` runs when it is its turn; if it throws, the promise is rejected.
async function write(work) {
  await sleep(100);
  return work();
}

function find(title) {
  const note = select.get(title);
  return note ? { ok: true, text: note.text } : { ok: false, error: 'not_found' };
}

const insertAll = db.transaction((notes) => {
  for (const { title, text } of notes) insert.run(title, text);
});

async function save(notes) {
  await write(() => insertAll(notes));
  return { ok: true };
}

export default function register(io) {
  io.on('connection', (socket) => {
    socket.on('find', ({ title }, ack) => ack(find(title)));
    socket.on('save', async (note, ack) => ack(await save([note])));
    socket.on('saveAll', async ({ notes }, ack) => ack(await save(notes)));
  });
}
