// Come back: a client that survives a cut line and accepts being put out. The contract is in exercise.yaml.
//
// This time the server is ours and the client is yours. It runs with URL, NAME and ROOM in its environment.

import { io } from 'socket.io-client';

const { URL, NAME, ROOM } = process.env;

const socket = io(URL, {
  auth: { name: NAME },
  reconnectionDelay: 50, // so that a check takes milliseconds; leave out for the default of about a second
});

// How often does this line run? What does the server know about you after the line was cut?
socket.emit('join', { room: ROOM });

socket.on('message', ({ id }) => {
  socket.emit('seen', { id });
});
