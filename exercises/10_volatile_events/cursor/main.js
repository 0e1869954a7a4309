// Cursor: drop what is stale, never what matters. The contract is in exercise.yaml.
//
// The server is ours and the client is yours. It runs with URL and NAME in its environment.

import { io } from 'socket.io-client';

const { URL, NAME } = process.env;

const socket = io(URL, {
  auth: { name: NAME },
  transports: ['websocket'],
  reconnectionDelay: 50, // so that a check takes milliseconds; leave out for the default of about a second
});

let x = 0;
let n = 0;

// What if the line is busy, and what if there is none? Is it the same for both?
function moved() {
  x += 1;
  socket.emit('cursor', { x });
}

function clicked() {
  n += 1;
  socket.emit('click', { n });
}

// The hand. It moves and clicks when the server says so; while the line is cut, it goes on by itself.

socket.on('hand', ({ moves, clicks }) => {
  for (let i = 0; i < moves; i++) moved();
  for (let i = 0; i < clicks; i++) clicked();
  console.log('done');
});

socket.on('disconnect', () => {
  clicked();
  const goesOn = setInterval(() => {
    if (socket.connected) clearInterval(goesOn);
    else moved();
  }, 20);
});
