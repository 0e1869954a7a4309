// One story from top to bottom: what is waited for stands where it happens. WebSocket only.
import { once } from 'node:events';
import { connect } from 'socket.io-client';

const socket = connect(process.env.URL, { transports: ['websocket'], autoConnect: false });
socket.on('line', (line) => process.stdout.write(`${line.from}: ${line.text}\n`));

const refused = new Promise((resolve) => {
  socket.on('connect_error', (error) => socket.active || resolve(error));
});
socket.connect();

const problem = await Promise.race([refused, once(socket, 'connect')]);
if (problem instanceof Error) {
  console.log('not let in:', problem.message);
  process.exit();
}
socket.emit('hello', { name: process.env.NAME });
await once(socket, 'bye');
socket.close();
