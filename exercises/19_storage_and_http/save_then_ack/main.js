// Save, then ack: a note is acknowledged when it is stored, and not before. The contract is in exercise.yaml.
//
// The calls are those of better-sqlite3: `prepare`, then `run` to write or `get` to read; `transaction(f)` gives you a
// function that calls `f` with a bracket around it.

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

export default function register(io) {
  io.on('connection', (socket) => {
    socket.on('find', ({ title }, ack) => ack(find(title)));

    socket.on('save', ({ title, text }, ack) => {
      // Who learns how this ends?
      write(() => insert.run(title, text)).catch((error) => console.error(error.message));
      ack({ ok: true });
    });

    socket.on('saveAll', ({ notes }, ack) => {
      for (const { title, text } of notes) {
        write(() => insert.run(title, text)).catch((error) => console.error(error.message));
      }
      ack({ ok: true });
    });
  });
}
