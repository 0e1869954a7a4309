// Another style: a document is a list of changes, and all else is worked out from it: the text, the version, and where a cursor
// stands by now. No rooms of the library: a document knows its visitors. Cursors are told a moment later, only the newest.
const MOMENT = 30; // ms

class Refused extends Error {
  constructor(error, more) {
    super(error);
    this.answer = { ok: false, error, ...more };
  }
}

const write = (text, { at, remove, insert }) => text.substring(0, at).concat(insert, text.substring(at + remove));
const carry = (place, { at, remove, insert }) => {
  const end = at + remove;
  if (place <= at) return place;
  return place < end ? at : place - end + at + insert.length;
};

class Doc {
  log = [];
  visitors = new Set();
  cursors = new Map(); // from a name to a place in a version

  constructor(id) {
    this.id = id;
  }

  get text() {
    return this.log.reduce(write, '');
  }

  get names() {
    return [...new Set([...this.visitors].map(({ name }) => name))].sort();
  }

  place(name) {
    const { version, at } = this.cursors.get(name);
    return this.log.slice(version).reduce(carry, at);
  }

  tell(event, news, isMeant) {
    for (const visitor of this.visitors) {
      if (isMeant(visitor)) visitor.socket.emit(event, { doc: this.id, ...news });
    }
  }

  // Whoever comes or goes: if the names are others than before, it is news.
  change(visitors) {
    const before = this.names.length;
    this.visitors = visitors;
    if (this.names.length !== before) this.tell('people', { names: this.names }, ({ watches }) => watches.has(this));
  }

  open(visitor, { since }) {
    const version = this.log.length;
    if (since > version) throw new Refused('no_such_version');
    this.change(new Set([...this.visitors, visitor]));
    this.log.slice(since ?? version).forEach((change) => visitor.socket.emit('changed', change));
    return { version, text: this.text, cursors: [...this.cursors.keys()].map((name) => ({ name, at: this.place(name) })) };
  }

  edit(visitor, { version, at, remove, insert }) {
    const { text } = this;
    if (version !== this.log.length) throw new Refused('stale', { version: this.log.length, text });
    if (Math.min(at, remove) < 0 || at + remove > text.length) throw new Refused('out_of_range');
    const change = { doc: this.id, version: version + 1, name: visitor.name, at, remove, insert };
    this.log.push(change);
    this.tell('changed', change, (other) => other !== visitor);
    return { version: version + 1 };
  }

  watch(visitor) {
    visitor.watches.add(this);
    visitor.socket.emit('people', { doc: this.id, names: this.names });
  }

  cursor(visitor, { at }) {
    if (!(at >= 0 && at <= this.text.length)) throw new Refused('out_of_range');
    const { name } = visitor;
    const waits = this.cursors.get(name)?.by;
    this.cursors.set(name, { version: this.log.length, at, by: visitor });
    if (waits) return;
    setTimeout(() => {
      const cursor = this.cursors.get(name);
      if (!cursor) return;
      this.tell('cursor', { name, at: this.place(name) }, (other) => other !== cursor.by);
      cursor.by = null;
    }, MOMENT);
  }

  close(visitor) {
    this.change(new Set([...this.visitors].filter((other) => other !== visitor)));
    const { name } = visitor;
    if (!this.names.includes(name) && this.cursors.delete(name)) this.tell('cursor', { name, at: null }, () => true);
  }
}

export default (io) => {
  const docs = new Map();

  io.on('connection', (socket) => {
    const visitor = { socket, name: socket.handshake.auth.name, watches: new Set() };

    for (const event of ['open', 'edit', 'watch', 'cursor']) {
      socket.on(event, (request, ack) => {
        try {
          const doc = docs.get(request.doc) ?? new Doc(request.doc);
          if (event === 'open') docs.set(request.doc, doc);
          else if (!doc.visitors.has(visitor)) throw new Refused('not_open');
          ack({ ok: true, ...doc[event](visitor, request) });
        } catch (refused) {
          if (!(refused instanceof Refused)) throw refused;
          ack(refused.answer);
        }
      });
    }
    socket.on('disconnect', () => docs.forEach((doc) => doc.close(visitor)));
  });
};
