import { io } from 'socket.io-client';

// region: knock
let knock = 0;

const socket = io(process.env.URL, {
  transports: ['websocket'],
  auth: (send) => send({ name: 'Asha', knock: ++knock }), // called for each attempt
});

socket.on('connect', () => console.log('in'));

socket.on('connect_error', (error) => {
  if (socket.active) return; // the server was not reached: the library tries again
  if (error.data?.code === 'too_early') {
    setTimeout(() => socket.connect(), error.data.wait);
    return;
  }
  console.log(`not let in: ${error.message}`);
});
// endregion
