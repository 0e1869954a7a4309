import { io } from 'socket.io-client';

// region: follow
const socket = io(process.env.URL, { reconnectionDelay: 50 });

let last = 0; // the number of the last line that is on the page

socket.on('connect', () => {
  socket.emit('follow', { board: 'physics', after: last });
});

socket.on('line', ({ number, text }) => {
  last = number;
  console.log(`${number}: ${text}`);
});
// endregion
