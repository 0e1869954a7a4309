import { io } from 'socket.io-client';

const socket = io(process.env.URL);

socket.on('connect', () => {
  // region: count
  const log = () => {};
  const popup = () => {};
  const say = (what) => console.log(`${what}: ${socket.listeners('message').length}`);

  socket.on('message', log);
  say('log on');
  socket.on('message', popup);
  say('popup on');
  socket.on('message', popup);
  say('popup on again');
  socket.off('message', () => {}); // looks like popup, and is another one
  say('another function off');
  socket.off('message', popup);
  say('popup off');
  socket.off('message', popup);
  say('popup off');
  socket.off('message');
  say('off without a function');
  // endregion
});
