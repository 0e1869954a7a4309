const TYPES_FOR = 1500; // ms after the last sign
const rooms = new Map();

export default function register(io) {
  io.on('connection', (socket) => {
    // A socket is one tab. The person is whoever the handshake names.
    const { name } = socket.handshake.auth;

    socket.on('join', (request, ack) => {
      const room = roomOf(request.room);
      const isNews = !room.tabs.has(name);
      if (isNews) room.tabs.set(name, new Set());
      room.tabs.get(name).add(socket.id);
      socket.join(room.label);
      ack({ ok: true });
      if (isNews) tellPresence(room, true);
    });

    forMembers('watch', (room, request, ack) => {
      socket.join(room.watchers);
      ack({ ok: true, names: [...room.tabs.keys()] });
    });

    forMembers('typing', (room, request, ack) => {
      if (room.typing.has(name)) clearTimeout(room.typing.get(name));
      else tellTyping(room, true);
      room.typing.set(name, setTimeout(stopTyping, TYPES_FOR, room));
      ack({ ok: true });
    });

    forMembers('send', (room, { text }, ack) => {
      stopTyping(room);
      room.last += 1;
      ack({ ok: true, id: room.last });
      io.to(room.label).emit('message', { room: room.id, id: room.last, name, text });
    });

    // Here the socket's rooms are still there; in `disconnect` they are gone.
    socket.on('disconnecting', () => {
      for (const label of socket.rooms) {
        if (rooms.has(label)) leave(rooms.get(label));
      }
    });

    function forMembers(event, handle) {
      socket.on(event, (request, ack) => {
        if (socket.rooms.has(labelOf(request.room))) handle(roomOf(request.room), request, ack);
        else ack({ ok: false, error: 'not_a_member' });
      });
    }

    function stopTyping(room) {
      if (!room.typing.has(name)) return;
      clearTimeout(room.typing.get(name));
      room.typing.delete(name);
      tellTyping(room, false);
    }

    function tellTyping(room, isTyping) {
      socket.to(room.label).emit('typing', { room: room.id, name, typing: isTyping });
    }

    function leave(room) {
      stopTyping(room);
      const tabs = room.tabs.get(name);
      tabs.delete(socket.id);
      if (tabs.size > 0) return;
      room.tabs.delete(name);
      tellPresence(room, false);
    }

    function tellPresence(room, online) {
      io.to(room.watchers).emit('presence', { room: room.id, name, online });
    }
  });
}

// `tabs`: for each person who is there, the ids of the sockets. `typing`: for each person who types, the timer.
function roomOf(id) {
  const label = labelOf(id);
  if (!rooms.has(label)) {
    rooms.set(label, { id, label, watchers: `watch:${id}`, last: 0, tabs: new Map(), typing: new Map() });
  }
  return rooms.get(label);
}

// The prefix keeps a client from naming another room, such as the one that every socket has of its own.
function labelOf(id) {
  return `room:${id}`;
}
