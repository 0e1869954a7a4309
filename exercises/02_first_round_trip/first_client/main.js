// First client: come in, say hello, print what you hear, and leave. The contract is in exercise.yaml.
//
// The server is ours this time. This program runs with URL and NAME in its environment.

import { io } from 'socket.io-client';

const { URL, NAME } = process.env;

const socket = io(URL);

// On a server this is the event to wait for. And on a client?
socket.on('connection', () => {
  socket.emit('hello', { name: NAME });
});

socket.on('line', (line) => {
  console.log(line);
});
