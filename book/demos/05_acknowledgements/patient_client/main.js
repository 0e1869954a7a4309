import { io } from 'socket.io-client';

const socket = io(process.env.URL);

socket.on('connect', () => {
  // region: ask
  socket.timeout(2000).emit('borrow', { title: 'Newton' }, (error, answer) => {
    if (error) {
      console.log(`no answer: ${error.message}`);
    } else if (answer.ok) {
      console.log(`borrowed, ${answer.left} left`);
    } else {
      console.log(`not borrowed: ${answer.error}`);
    }
    socket.disconnect();
  });
  // endregion
});
