// Frames from an async iterator, packets read letter by letter, handlers in tables, and numbers of its own.
import { on, once } from 'node:events';
import { WebSocket } from 'ws';

const address = new globalThis.URL('/socket.io/', process.env.URL);
address.protocol = 'ws:';
address.searchParams.set('transport', 'websocket');
address.searchParams.set('EIO', '4');

function read(text) {
  let at = 1;
  while (at < text.length && text[at] >= '0' && text[at] <= '9') at += 1;
  const number = text.slice(1, at);
  const json = text.slice(at);
  return {
    type: Number(text[0]),
    number: number && Number(number),
    body: json ? JSON.parse(json) : null,
  };
}

const write = (type, number, body) => `4${type}${number}${JSON.stringify(body)}`;

const line = new WebSocket(address.href);
const waiting = new Map();
const events = {
  say: (answer, text) => console.log(text),
  areYouHere: (answer) => answer('yes'),
};
const packets = [
  () => {
    waiting.set(42, (text) => console.log(text));
    line.send(write(2, 42, ['hello']));
  },
  () => 'leave',
  ({ number, body: [name, ...args] }) => {
    events[name]?.((...values) => line.send(write(3, number, values)), ...args);
  },
  ({ number, body }) => {
    waiting.get(number)?.(...body);
    waiting.delete(number);
  },
  ({ body }) => {
    console.log(body.message);
    return 'leave';
  },
];

for await (const [bytes] of on(line, 'message', { close: ['close'] })) {
  const frame = String(bytes);
  if (frame.startsWith('0')) line.send(write(0, '', { name: 'Asha' }));
  if (frame === '2') line.send('3');
  if (!frame.startsWith('4')) continue;
  const packet = read(frame.slice(1));
  if (packets[packet.type]?.(packet) === 'leave') break;
}
line.close();
await once(line, 'close');
