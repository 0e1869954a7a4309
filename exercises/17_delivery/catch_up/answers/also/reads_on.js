// Nothing is passed on by hand: each client has a place in the store, and news only say "read on".
import { setTimeout as sleep } from 'node:timers/promises';

const rooms = {};

async function append(room, text) {
  await sleep(2);
  return (rooms[room] ??= []).push(text);
}

async function after(room, seq) {
  await sleep(10);
  return (rooms[room] ?? []).slice(seq);
}

export default function register(io) {
  io.on('connection', (socket) => {
    const { room, after: start } = socket.handshake.auth;
    let place = start;
    let reading = false;
    let again = false;

    socket.data.readOn = async () => {
      again = true;
      if (reading) return;
      reading = true;
      while (again) {
        again = false;
        for (const text of await after(room, place)) socket.emit('message', { seq: ++place, text });
      }
      reading = false;
    };

    socket.on('send', ({ text }, ack) => {
      append(room, text).then(async (seq) => {
        ack({ ok: true, seq });
        for (const member of io.of('/').sockets.values()) {
          if (member.handshake.auth.room === room) member.data.readOn();
        }
      });
    });

    socket.data.readOn();
  });
}
