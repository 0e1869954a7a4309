// Another style: no rooms of the library. A room is an object that holds its members and one log; whoever is told something
// is called back. One clock for all rooms ends what has gone silent.
const PATIENCE = 1500;

class Room {
  log = [];
  members = new Map(); // from a socket to what is known of it here

  constructor(id) {
    this.id = id;
  }

  tell(event, news, isMeant) {
    for (const [socket, member] of this.members) {
      if (isMeant(member, socket)) socket.emit(event, { room: this.id, ...news });
    }
  }

  names() {
    return [...new Set([...this.members.values()].map(({ name }) => name))];
  }

  enter(socket, name, after = Infinity) {
    if (!this.members.has(socket)) {
      if (!this.names().includes(name)) this.tell('presence', { name, online: true }, ({ watches }) => watches);
      this.members.set(socket, { name, watches: false, deadline: 0 });
    }
    this.log.slice(after).forEach(({ clientId, ...message }) => socket.emit('message', message));
  }

  exit(socket) {
    const member = this.members.get(socket);
    if (!member) return;
    this.setDeadline(socket, member, 0);
    this.members.delete(socket);
    const { name } = member;
    if (!this.names().includes(name)) this.tell('presence', { name, online: false }, ({ watches }) => watches);
  }

  setDeadline(socket, member, deadline) {
    const hasChanged = Boolean(member.deadline) !== Boolean(deadline);
    member.deadline = deadline;
    if (!hasChanged) return;
    this.tell('typing', { name: member.name, typing: deadline > 0 }, (_, other) => other !== socket);
  }

  say(socket, member, text, clientId) {
    const old = clientId && this.log.find((entry) => entry.clientId === clientId && entry.name === member.name);
    if (old) return old.id;
    this.setDeadline(socket, member, 0);
    const message = { room: this.id, id: this.log.length + 1, name: member.name, text };
    this.log.push({ ...message, clientId });
    this.tell('message', message, () => true);
    return message.id;
  }
}

const requests = {
  watch(room, socket, member) {
    member.watches = true;
    return { names: room.names() };
  },
  typing(room, socket, member) {
    room.setDeadline(socket, member, Date.now() + PATIENCE);
  },
  send(room, socket, member, { text, clientId }) {
    return { id: room.say(socket, member, text, clientId) };
  },
};

export default (io) => {
  const rooms = new Map();

  setInterval(() => {
    for (const room of rooms.values()) {
      for (const [socket, member] of room.members) {
        if (member.deadline && member.deadline <= Date.now()) room.setDeadline(socket, member, 0);
      }
    }
  }, 20).unref();

  io.on('connection', (socket) => {
    socket.on('join', ({ room: id, after }, ack) => {
      ack({ ok: true });
      if (!rooms.has(id)) rooms.set(id, new Room(id));
      rooms.get(id).enter(socket, socket.handshake.auth.name, after);
    });
    for (const [event, handle] of Object.entries(requests)) {
      socket.on(event, (request, ack) => {
        const room = rooms.get(request.room);
        const member = room?.members.get(socket);
        ack(member ? { ok: true, ...handle(room, socket, member, request) } : { ok: false, error: 'not_a_member' });
      });
    }
    socket.on('disconnect', () => rooms.forEach((room) => room.exit(socket)));
  });
};
