// No rooms of socket.io and no `await`: the program keeps the members itself, and a callback brings the greeting.
const members = new Map();
let messages = [];

class Student {
  constructor(socket) {
    this.socket = socket;
    this.name = socket.handshake.auth.name;
    socket.timeout(60_000).emit('howAreYou', (error, mood) => {
      if (!error) socket.emit('greeting', { text: String(mood) });
    });
  }

  join({ room }) {
    members.set(room, (members.get(room) ?? new Set()).add(this));
    return null;
  }

  say({ rooms, text }) {
    if (Object.prototype.toString.call(text) !== '[object String]') return 'bad_text';
    const groups = rooms.map((room) => members.get(room));
    if (groups.some((group) => !group?.has(this))) return 'not_a_member';
    messages = [...messages, { seq: messages.length + 1, from: this.name, text: text.replace(/^\s+|\s+$/g, '') }];
    const listeners = new Set(groups.flatMap((group) => [...group]));
    listeners.forEach(({ socket }) => socket.emit('message', messages.at(-1)));
    return null;
  }

  leave() {
    for (const group of members.values()) group.delete(this);
  }
}

export default (io) => {
  io.on('connection', (socket) => {
    const student = new Student(socket);
    for (const event of ['join', 'say']) {
      socket.on(event, (payload, ack) => {
        const error = student[event](payload);
        ack(error ? { ok: false, error } : { ok: true });
      });
    }
    socket.on('disconnect', () => student.leave());
  });
};
