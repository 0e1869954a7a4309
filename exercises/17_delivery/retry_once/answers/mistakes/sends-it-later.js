import { randomUUID } from 'node:crypto';
import { io } from 'socket.io-client';

const { URL, NAME } = process.env;

const socket = io(URL, { auth: { name: NAME }, reconnectionDelay: 50, ackTimeout: 2000, retries: 1 });

socket.on('write', ({ text }) => {
  socket.emit('send', { id: randomUUID(), text }, (error, answer) => {
    console.log(!error && answer.ok ? `sent: ${text}` : `not sent: ${text}`);
  });
});
