const people = new Map();
let last = 0;

export default function register(io) {
  io.on('connection', (socket) => {
    // A socket is one tab. The person is whoever the handshake names.
    const { name } = socket.handshake.auth;
    const me = personOf(name);

    socket.on('notify', ({ to, text }, ack) => {
      last += 1;
      const notification = { id: last, from: name, text };
      personOf(to).unread.set(notification.id, notification);
      ack({ ok: true, id: notification.id });
      io.to(roomOf(to)).emit('notification', notification);
    });

    socket.on('read', ({ id }, ack) => {
      if (!me.unread.has(id) && !me.read.has(id)) {
        ack({ ok: false, error: 'not_found' });
        return;
      }
      const isNews = me.unread.delete(id);
      me.read.add(id);
      ack({ ok: true, unread: me.unread.size });
      if (isNews) io.to(roomOf(name)).emit('read', { id, unread: me.unread.size });
    });

    // Nothing is awaited between these: what comes from now on, comes behind what was kept.
    socket.join(roomOf(name));
    for (const notification of me.unread.values()) socket.emit('notification', notification);
  });
}

// `unread`: from its id to each notification, the oldest first. `read`: the ids of the others.
function personOf(name) {
  if (!people.has(name)) people.set(name, { unread: new Map(), read: new Set() });
  return people.get(name);
}

// The prefix keeps a client from naming another room, such as the one that every socket has of its own.
function roomOf(name) {
  return `person:${name}`;
}
