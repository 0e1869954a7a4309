import { io } from 'socket.io-client';

const { URL, NAME } = process.env;

const socket = io(URL, { auth: { name: NAME }, reconnectionDelay: 50 });

// The log.

socket.on('connect', () => {
  socket.off('message');
  socket.on('message', ({ id }) => {
    socket.emit('logged', { id });
  });
});

// The popup.

function show({ id }) {
  socket.emit('shown', { id });
}

socket.on('open', () => {
  socket.off('message', show); // it may be open already
  socket.on('message', show);
});

socket.on('close', () => {
  socket.off('message', show);
});
