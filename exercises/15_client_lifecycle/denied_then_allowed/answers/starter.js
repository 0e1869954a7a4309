// Denied, then allowed: a client that renews its token when the server turns it away. The contract is in exercise.yaml.

import { setTimeout as sleep } from 'node:timers/promises';
import { io } from 'socket.io-client';

const { URL, TOKEN, TICKET } = process.env;

// The desk where tokens are renewed, imitated. It gives another token at each call.
let renewals = 0;
async function renew() {
  await sleep(20);
  renewals += 1;
  return `${TICKET}-${renewals}`;
}

const socket = io(URL, { auth: { token: TOKEN }, reconnectionDelay: 50 }); // 50 ms, so that a check is quick

socket.on('connect', () => {
  socket.emit('here');
});

// Is this what the socket fires when the server says no?
socket.on('error', async () => {
  const token = await renew();
  console.log('a new token', token);
});
