import { io } from 'socket.io-client';

const socket = io(process.env.URL, { reconnectionDelay: 50 });

// region: away
socket.on('connect', () => {
  socket.emit('join', { room: 'physics' });
});

socket.on('disconnect', () => {
  socket.emit('note', { text: 'written while away' });
});
// endregion
