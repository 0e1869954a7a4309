const docs = new Map();

export default function register(io) {
  io.on('connection', (socket) => {
    // Who somebody is was said in the handshake. No payload can change it.
    const { name } = socket.handshake.auth;

    socket.on('open', ({ doc: id, since }, ack) => {
      const doc = docOf(id);
      if (since < 0 || since > doc.version) {
        ack({ ok: false, error: 'no_such_version' });
        return;
      }
      socket.join(doc.room);
      if (!since) {
        ack({ ok: true, version: doc.version, text: doc.text });
        return;
      }
      ack({ ok: true });
      // Nothing is awaited since the socket is in the room: what comes from now on, comes behind this.
      for (const change of doc.changes.slice(since)) socket.emit('changed', change);
    });

    // Nothing is awaited from the check to the change: of two edits of one version the second sees the first.
    whenOpen('edit', (doc, { version, at, remove, insert }, ack) => {
      if (version !== doc.version) {
        ack({ ok: false, error: 'stale', version: doc.version, text: doc.text });
        return;
      }
      if (!isInside(doc, at, remove)) {
        ack({ ok: false, error: 'out_of_range' });
        return;
      }
      doc.text = doc.text.slice(0, at) + insert + doc.text.slice(at + remove);
      doc.version += 1;
      const change = { doc: doc.id, version: doc.version, name, at, remove, insert };
      doc.changes.push(change);
      ack({ ok: true, version: doc.version });
      // The author has the change already. The others need it.
      socket.to(doc.room).emit('changed', change);
    });

    function whenOpen(event, handle) {
      socket.on(event, (request, ack) => {
        if (socket.rooms.has(roomOf(request.doc))) handle(docOf(request.doc), request, ack);
        else ack({ ok: false, error: 'not_open' });
      });
    }
  });
}

function isInside({ text }, at, remove) {
  return at >= 0 && remove >= 0 && at + remove <= text.length;
}

// `changes`: the one at index 0 led to version 1, so those after a version are found by its number.
function docOf(id) {
  if (!docs.has(id)) docs.set(id, { id, room: roomOf(id), text: '', version: 0, changes: [] });
  return docs.get(id);
}

// The prefix keeps a client from naming another room, such as the one that every socket has of its own.
function roomOf(id) {
  return `doc:${id}`;
}
