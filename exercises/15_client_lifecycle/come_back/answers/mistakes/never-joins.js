import { io } from 'socket.io-client';

const { URL, NAME } = process.env;

const socket = io(URL, { auth: { name: NAME }, reconnectionDelay: 50 });

socket.on('message', ({ id }) => {
  socket.emit('seen', { id });
});

socket.on('disconnect', (reason) => {
  if (reason !== 'io server disconnect') return;
  console.log('put out');
  process.exit(0);
});
