const docs = new Map();

export default function register(io) {
  io.on('connection', (socket) => {
    // Who somebody is was said in the handshake. No payload can change it.
    const { name } = socket.handshake.auth;
    let current; // the document that this client has open

    socket.on('open', (request, ack) => {
      const doc = docOf(request.doc);
      current = doc;
      socket.join(doc.room);
      ack({ ok: true, version: doc.version, text: doc.text });
    });

    whenOpen('edit', (doc, { at, remove, insert }, ack) => {
      if (!isInside(doc, at, remove)) {
        ack({ ok: false, error: 'out_of_range' });
        return;
      }
      doc.text = doc.text.slice(0, at) + insert + doc.text.slice(at + remove);
      doc.version += 1;
      ack({ ok: true, version: doc.version });
      // The author has the change already. The others need it.
      socket.to(doc.room).emit('changed', { doc: doc.id, version: doc.version, name, at, remove, insert });
    });

    function whenOpen(event, handle) {
      socket.on(event, (request, ack) => {
        if (current?.id === request.doc) handle(current, request, ack);
        else ack({ ok: false, error: 'not_open' });
      });
    }
  });
}

function isInside({ text }, at, remove) {
  return at >= 0 && remove >= 0 && at + remove <= text.length;
}

function docOf(id) {
  if (!docs.has(id)) docs.set(id, { id, room: roomOf(id), text: '', version: 0 });
  return docs.get(id);
}

// The prefix keeps a client from naming another room, such as the one that every socket has of its own.
function roomOf(id) {
  return `doc:${id}`;
}
