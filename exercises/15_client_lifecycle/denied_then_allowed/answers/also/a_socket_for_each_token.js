// A socket for each token: when it is refused, it is thrown away, and the next one is made.
import { setTimeout as sleep } from 'node:timers/promises';
import { Manager } from 'socket.io-client';

const { URL, TOKEN, TICKET } = process.env;

let renewals = 0;
async function renew() {
  await sleep(20);
  renewals += 1;
  return `${TICKET}-${renewals}`;
}

function refusal(token) {
  return new Promise((resolve) => {
    const manager = new Manager(URL, { reconnectionDelay: 100 });
    const socket = manager.socket('/', { auth: (show) => show({ token }) });
    socket.on('connect', () => socket.emit('here'));
    socket.on('connect_error', (error) => {
      if (!('data' in error)) return; // no answer of the server
      socket.disconnect();
      resolve(error);
    });
  });
}

let error = await refusal(TOKEN);
while (error.data.code === 'token_expired') error = await refusal(await renew());
console.log('refused: ' + error.message);
process.exitCode = 1;
