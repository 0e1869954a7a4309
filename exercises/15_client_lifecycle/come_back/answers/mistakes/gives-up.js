import { io } from 'socket.io-client';

const { URL, NAME, ROOM } = process.env;

const socket = io(URL, { auth: { name: NAME }, reconnectionDelay: 50 });

socket.on('connect', () => {
  socket.emit('join', { room: ROOM });
});

socket.on('message', ({ id }) => {
  socket.emit('seen', { id });
});

socket.on('disconnect', () => {
  console.log('put out');
  process.exit(0);
});
