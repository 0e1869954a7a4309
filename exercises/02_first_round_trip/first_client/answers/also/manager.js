// A manager, one listener for every event, and an emit that the library keeps until the connection is there.
import { Manager } from 'socket.io-client';

const school = new Manager(process.env.URL);
const desk = school.socket('/');

desk.emit('hello', { name: process.env.NAME });
desk.onAny((event, line) => {
  if (event === 'line') console.log([line.from, line.text].join(': '));
  if (event === 'bye') setTimeout(() => process.exit(0), 5);
});
desk.on('connect_error', ({ message }) => {
  if (desk.active) return; // nobody was reached: the manager tries again
  console.log('connecting did not work');
  console.log(`not let in: ${message}`);
  process.exitCode = 0;
});
