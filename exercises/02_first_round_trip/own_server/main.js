// Your own server: this time nobody hosts you. The contract is in exercise.yaml.
//
// Run it by hand, too:  PORT=3000 node main.js   and open http://127.0.0.1:3000/health in a browser.

import { createServer } from 'node:http';
import { Server } from 'socket.io';

// An HTTP server: the function is called for each request.
const httpServer = createServer((request, response) => {
  response.writeHead(404);
  response.end();
});

// A Socket.IO server. Who brings it its clients?
const io = new Server();

io.on('connection', (socket) => {
  socket.emit('welcome', { text: 'Good morning!' });
});

console.log(`ready, and PORT is ${process.env.PORT}`);
