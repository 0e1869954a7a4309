// Callbacks, a transaction by hand, and one statement for all rows.
import Database from 'libsql';

const db = new Database(process.env.DATABASE ?? ':memory:');
db.exec("CREATE TABLE IF NOT EXISTS notes (title TEXT PRIMARY KEY, text TEXT NOT NULL CHECK (text <> ''))");

function store(rows, done) {
  setTimeout(() => {
    db.exec('BEGIN IMMEDIATE');
    try {
      for (const { title, text } of rows) {
        db.prepare('INSERT INTO notes VALUES (@title, @text)').run({ title, text });
      }
      db.exec('COMMIT');
    } catch (error) {
      db.exec('ROLLBACK');
      return done(error);
    }
    done(null);
  }, 10);
}

const answer = (ack) => (error) => ack(error ? { ok: false, error: 'refused' } : { ok: true });

const handlers = {
  save: (note, ack) => store([note], answer(ack)),
  saveAll: ({ notes }, ack) => store(notes, answer(ack)),
  find({ title }, ack) {
    const [note] = db.prepare('SELECT * FROM notes WHERE title = ?').all(title);
    ack(note ? { ok: true, text: note.text } : { ok: false, error: 'not_found' });
  },
};

export default (io) => {
  io.on('connection', (socket) => {
    for (const [event, handler] of Object.entries(handlers)) socket.on(event, handler);
  });
};
