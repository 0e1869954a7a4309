// region: open
import { io } from 'socket.io-client';

const socket = io(process.env.URL);
// endregion

// region: own
socket.on('connect', () => {
  socket.emit('multiply', { a: 6, b: 7 });
});

socket.on('connect_error', (error) => {
  console.log(`no connection (${error.message})`);
});

socket.on('disconnect', (reason) => {
  console.log(`disconnected: ${reason}`);
});
// endregion

// region: theirs
socket.on('product', ({ a, b, product }) => {
  console.log(`${a} times ${b} is ${product}`);
});
// endregion
