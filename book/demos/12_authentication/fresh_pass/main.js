import { io } from 'socket.io-client';

let asked = 0;

/** In a real page: the newest token that the page has. */
function newestPass() {
  asked += 1;
  return `pass ${asked}`;
}

// region: auth
io(process.env.URL, {
  transports: ['websocket'],
  auth: (show) => show({ pass: newestPass() }),
});
// endregion
