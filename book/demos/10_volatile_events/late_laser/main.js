import { io } from 'socket.io-client';

const socket = io(process.env.URL, { transports: ['websocket'], reconnectionDelay: 50 });

// region: away
socket.on('disconnect', () => {
  socket.volatile.emit('laser', 'made while away');
});
// endregion
