// One listener: two parts of a page, one socket. The contract is in exercise.yaml.

import { io } from 'socket.io-client';

const { URL, NAME } = process.env;

const socket = io(URL, { auth: { name: NAME }, reconnectionDelay: 50 }); // 50 ms, so that a check is quick

// The log.

socket.on('message', ({ id }) => {
  socket.emit('logged', { id });
});

// The popup.

function show({ id }) {
  socket.emit('shown', { id });
}

socket.on('open', () => {
  socket.on('message', show);
});

socket.on('close', () => {
  // Whose listeners go here?
  socket.off('message');
});
