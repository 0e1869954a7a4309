import { io } from 'socket.io-client';

const { URL, NAME, ROOM } = process.env;

const socket = io(URL, { query: { name: NAME }, reconnectionDelay: 50 });

socket.on('connect', () => {
  socket.emit('join', { room: ROOM });
});

socket.on('message', ({ id }) => {
  socket.emit('seen', { id });
});

socket.on('disconnect', (reason) => {
  if (reason !== 'io server disconnect') return;
  console.log('put out');
  process.exit(0);
});
