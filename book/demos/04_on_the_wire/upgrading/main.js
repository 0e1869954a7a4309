import { io } from 'socket.io-client';

const socket = io(process.env.URL);

socket.io.engine.on('upgrade', (transport) => {
  console.log(`now over ${transport.name}`);
  socket.emit('hello', { name: 'Asha' });
});

socket.on('goodMorning', ({ name }) => {
  console.log(`good morning, ${name}`);
  socket.disconnect();
});
