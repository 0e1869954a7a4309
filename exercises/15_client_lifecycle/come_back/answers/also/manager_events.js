// The default pace, the Manager's events, and no name of a reason.
import { Manager } from 'socket.io-client';

const manager = new Manager(process.env.URL);
const socket = manager.socket('/', { auth: (send) => send({ name: process.env.NAME }) });
const join = () => socket.emit('join', { room: process.env.ROOM });

// The first attempt may fail, and then `reconnect` comes for the first connection, too.
socket.once('connect', () => {
  join();
  manager.on('reconnect', () => socket.off('connect', join).once('connect', join));
});
socket.on('message', (message) => socket.emit('seen', { id: message.id }));
socket.on('disconnect', () => {
  if (!socket.active) console.log('put out');
});
