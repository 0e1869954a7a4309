import { io } from 'socket.io-client';

const { URL, NAME } = process.env;

const socket = io(URL, { auth: { name: NAME }, transports: ['websocket'], reconnectionDelay: 50 });

let x = 0;
let n = 0;

function moved() {
  x += 1;
  if (socket.connected) socket.volatile.emit('cursor', { x });
}

function clicked() {
  n += 1;
  socket.volatile.emit('click', { n });
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
