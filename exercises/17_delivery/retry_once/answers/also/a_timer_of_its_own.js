// Timers and callbacks by hand. A try without a connection waits for one itself, so nothing waits in a buffer.
import { Manager } from 'socket.io-client';

const socket = new Manager(process.env.URL, { reconnectionDelay: 80, randomizationFactor: 0 }).socket('/', { auth: { name: process.env.NAME } });
const prefix = `${process.env.NAME}-${process.pid}-${Date.now()}`;
let count = 0;

function deliver(message, triesLeft, done) {
  let over = false;
  const end = (next) => (...args) => {
    if (over) return;
    over = true;
    clearTimeout(timer);
    socket.off('disconnect', failed);
    socket.off('connect', send);
    next(...args);
  };
  const send = () => socket.emit('send', message, end((answer) => done(answer?.ok === true)));
  const failed = end(() => (triesLeft > 1 ? deliver(message, triesLeft - 1, done) : done(false)));
  const timer = setTimeout(failed, 2000);
  socket.on('disconnect', failed);
  if (socket.connected) send();
  else socket.once('connect', send);
}

socket.on('write', (written) => {
  count += 1;
  deliver({ id: `${prefix}-${count}`, text: written.text }, 2, (arrived) => {
    console.log((arrived ? 'sent: ' : 'not sent: ') + written.text);
  });
});
