const PATIENCE = 60000; // ms in which a tab may acknowledge
const people = new Map();
let last = 0;

export default function register(io) {
  io.on('connection', (socket) => {
    // A socket is one tab. The person is whoever the handshake names.
    const { name } = socket.handshake.auth;
    const me = personOf(name);

    // To look for the key and to write it down are one step: nothing is awaited between them.
    socket.on('notify', ({ to, text, key }, ack) => {
      const known = me.sent.get(key);
      if (known) {
        ack({ ok: true, id: known });
        return;
      }
      last += 1;
      const notification = { id: last, from: name, text };
      const person = personOf(to);
      person.unread.set(notification.id, notification);
      person.undelivered.add(notification.id);
      if (key) me.sent.set(key, notification.id);
      ack({ ok: true, id: notification.id });
      person.senders.set(notification.id, socket);
      for (const tab of tabsOf(to)) show(tab, to, notification);
    });

    socket.on('read', ({ id }, ack) => {
      if (!me.unread.has(id) && !me.read.has(id)) {
        ack({ ok: false, error: 'not_found' });
        return;
      }
      const isNews = me.unread.delete(id);
      me.read.add(id);
      ack({ ok: true, unread: me.unread.size });
      if (isNews) socket.to(roomOf(name)).emit('read', { id, unread: me.unread.size });
    });

    // Nothing is awaited between these: what comes from now on, comes behind what was kept.
    socket.join(roomOf(name));
    for (const notification of me.unread.values()) show(socket, name, notification);
  });

  // Each tab is asked by itself. An emit to the room would tell the answers only when the last one is there.
  function show(tab, to, notification) {
    tab.timeout(PATIENCE).emit('notification', notification, (error) => {
      if (error) return;
      const isFirst = personOf(to).undelivered.delete(notification.id);
      if (isFirst) personOf(to).senders.get(notification.id).emit('delivered', { id: notification.id, to });
    });
  }

  function tabsOf(name) {
    const ids = io.sockets.adapter.rooms.get(roomOf(name)) ?? [];
    return [...ids].map((id) => io.sockets.sockets.get(id));
  }
}

// `unread`: from its id to each notification, the oldest first. `read`: the ids of the others.
// `undelivered`: the ids of those that no tab has acknowledged. `senders`: from each id to the socket that has sent it.
// `sent`: from a key to the id of the notification that this person has sent with it.
function personOf(name) {
  if (!people.has(name)) {
    people.set(name, {
      unread: new Map(),
      read: new Set(),
      undelivered: new Set(),
      senders: new Map(),
      sent: new Map(),
    });
  }
  return people.get(name);
}

// The prefix keeps a client from naming another room, such as the one that every socket has of its own.
function roomOf(name) {
  return `person:${name}`;
}
