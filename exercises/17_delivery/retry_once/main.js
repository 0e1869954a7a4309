// Retry once: a client that tries a second time, and then tells the truth. The contract is in exercise.yaml.

import { randomUUID } from 'node:crypto';
import { io } from 'socket.io-client';

const { URL, NAME } = process.env;

const socket = io(URL, { auth: { name: NAME }, reconnectionDelay: 50 }); // 50 ms, so that a check is quick

socket.on('write', async ({ text }) => {
  const message = { id: randomUUID(), text };
  // And if no answer comes?
  const answer = await attempt(message);
  console.log(answer?.ok ? `sent: ${text}` : `not sent: ${text}`);
});

// What the server answers, or nothing.
async function attempt(message) {
  try {
    return await socket.timeout(2000).emitWithAck('send', message);
  } catch {
    return null;
  }
}
