import { io } from 'socket.io-client';

const socket = io(process.env.URL, {
  transports: ['websocket'],
  reconnectionDelay: 50, // instead of about a second
});

// region: events
socket.on('connect', () => {
  console.log('connect');
});

socket.on('connect_error', (error) => {
  console.log(`connect_error: ${error.message}, active: ${socket.active}`);
});

socket.on('disconnect', (reason) => {
  console.log(`disconnect: ${reason}, active: ${socket.active}`);
});
// endregion
