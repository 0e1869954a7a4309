import { io } from 'socket.io-client';

const { URL, NAME } = process.env;

const socket = io(URL);

socket.on('connect', () => {
  socket.emit('hello', { name: NAME });
});

socket.on('connect_error', (error) => {
  if (socket.active) return; // not reached: the library tries again
  console.log(`not let in: ${error.message}`);
});

socket.on('line', ({ from, text }) => {
  console.log(`${from}: ${text}`);
});

socket.on('bye', () => {
  socket.removeAllListeners();
});
