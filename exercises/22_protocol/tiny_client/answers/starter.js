// Tiny client: Socket.IO without its library, over a bare WebSocket. The contract is in exercise.yaml.
//
// A WebSocket carries texts and nothing else. `line.send(text)` sends one; each that comes runs the listener below.

import WebSocket from 'ws';

const address = process.env.URL.replace(/^http/, 'ws');
const line = new WebSocket(`${address}/socket.io/?EIO=4&transport=websocket`);

line.on('message', (bytes) => {
  const frame = bytes.toString();

  // The first digit is Engine.IO's: 0 open, 2 ping, 3 pong, 4 message.
  if (frame[0] === '2') line.send('3');

  // The server has opened the session with `0{…}`. Are you let in now, or does it wait for a word from you?
  if (frame[0] === '4') hear(frame.slice(1));
});

// Behind the 4 stands a packet of Socket.IO: 0 CONNECT, 1 DISCONNECT, 2 EVENT, 3 ACK, 4 CONNECT_ERROR.
function hear(packet) {
  if (packet[0] === '0') line.send('420["hello"]');
}
