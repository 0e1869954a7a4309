import { io } from 'socket.io-client';

const { URL, NAME } = process.env;

const socket = io(URL, { auth: { name: NAME }, reconnectionDelay: 50 });

// The log.

socket.on('message', ({ id }) => {
  socket.emit('logged', { id });
});

// The popup.

let open = false;

socket.on('open', () => {
  if (open) return;
  open = true;
  socket.on('message', ({ id }) => socket.emit('shown', { id }));
});

socket.on('close', () => {
  open = false;
  socket.off('message', ({ id }) => socket.emit('shown', { id }));
});
