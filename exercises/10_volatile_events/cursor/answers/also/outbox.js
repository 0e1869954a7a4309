// Nothing is volatile, and nothing is left to the library's buffer: the newest position, and a list of clicks.
import { io } from 'socket.io-client';

const socket = io(process.env.URL, { auth: (show) => show({ name: process.env.NAME }), transports: ['websocket'] });

const made = { moves: 0, clicks: 0 };
let outbox = [];
let position;

function send() {
  const [newest, clicks] = [position, outbox];
  position = undefined;
  if (!socket.connected) return;
  outbox = [];
  if (newest) socket.emit('cursor', { x: newest });
  clicks.forEach((n) => socket.emit('click', { n }));
}

function hand(moves, clicks) {
  for (; moves > 0; moves--) position = ++made.moves;
  for (; clicks > 0; clicks--) outbox.push(++made.clicks);
  setImmediate(send);
}

let alone;
socket.on('hand', ({ moves, clicks }) => {
  hand(moves, clicks);
  console.log('done');
});
socket.on('connect', () => {
  clearInterval(alone);
  position = undefined;
  send();
});
socket.on('disconnect', () => {
  hand(0, 1);
  alone = setInterval(hand, 20, 1, 0);
});
