import { setTimeout as sleep } from 'node:timers/promises';
import { io } from 'socket.io-client';

const { URL, TOKEN, TICKET } = process.env;

// The desk. It gives another token at each call.
let renewals = 0;
async function renew() {
  await sleep(20);
  renewals += 1;
  return `${TICKET}-${renewals}`;
}

const socket = io(URL, { auth: { token: TOKEN }, reconnectionDelay: 50 });

socket.on('connect', () => {
  socket.emit('here');
});

socket.once('connect_error', async (error) => {
  if (socket.active) return; // the server was not reached: the library tries again by itself
  if (error.data?.code === 'token_expired') {
    socket.auth.token = await renew();
    socket.connect();
    return;
  }
  console.log(`refused: ${error.message}`);
  process.exit(1);
});
