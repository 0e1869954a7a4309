import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

// Given: a store that answers after a while. A question is some time on its way, and so is the answer.
const rooms = new Map();
const messagesOf = (room) => rooms.get(room) ?? rooms.set(room, []).get(room);

let written = Promise.resolve();

const store = {
  // Stores a text under the next number of the room; answers { seq, text }. One is written after the other.
  append(room, text) {
    const write = async () => {
      await sleep(2);
      const message = { seq: messagesOf(room).length + 1, text };
      messagesOf(room).push(message);
      return message;
    };
    return (written = written.then(write));
  },
  // All messages of the room with a number greater than `seq`, in order.
  async after(room, seq) {
    await sleep(20);
    const found = messagesOf(room).filter((message) => message.seq > seq);
    await sleep(20);
    return found;
  },
};

const news = new EventEmitter().setMaxListeners(0); // one event for each room: `room physics`

export default function register(io) {
  io.on('connection', async (socket) => {
    const { room, after } = socket.handshake.auth;
    let last = after; // the greatest number that this client has been told
    let held = []; // what is sent while the store is being read

    const tell = (message) => {
      if (message.seq <= last) return;
      last = message.seq;
      socket.emit('message', message);
    };
    const hear = (message) => (held ? held.push(message) : tell(message));

    socket.on('send', async ({ text }, ack) => {
      const message = await store.append(room, text);
      news.emit(`room ${room}`, message);
      ack({ ok: true, seq: message.seq });
    });
    socket.on('disconnect', () => news.off(`room ${room}`, hear));

    news.on(`room ${room}`, hear);
    for (const message of await store.after(room, after)) tell(message);
    held.forEach(tell);
    held = null;
  });
}
