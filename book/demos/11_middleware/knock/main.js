import { io } from 'socket.io-client';

// region: knock
const socket = io(process.env.URL, { transports: ['websocket'], auth: { seat: 31 } });

socket.on('connect_error', (error) => {
  console.log(`refused: ${error.message}`);
  if (error.data) console.log(`choose a seat from 1 to ${error.data.seats}`);
  console.log(`tries again by itself: ${socket.active}`);
});
// endregion
