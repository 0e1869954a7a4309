import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { io } from 'socket.io-client';

const { URL, NAME } = process.env;

const socket = io(URL, { auth: { name: NAME }, reconnectionDelay: 50 });

socket.on('write', async ({ text }) => {
  const message = { id: randomUUID(), text };
  const answer = (await attempt(message)) ?? (await attempt(message));
  console.log(answer?.ok ? `sent: ${text}` : `not sent: ${text}`);
});

// What the server answers, or nothing.
async function attempt(message) {
  if (!socket.connected) {
    await sleep(2000);
    return null;
  }
  try {
    return await socket.timeout(2000).emitWithAck('send', message);
  } catch {
    return null;
  }
}
