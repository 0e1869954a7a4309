import { EventEmitter } from 'node:events';

const PLACES = 2;
const log = []; // facts, in the order in which they became true
const facts = new EventEmitter();

export default function register(io) {
  // region: readers
  facts.on('booked', (fact) => {
    io.to('board').emit('booked', fact);
  });

  facts.on('booked', ({ number, name }) => {
    io.to(`person:${name}`).emit('ticket', { place: number });
  });
  // endregion

  io.on('connection', (socket) => {
    const { name } = socket.handshake.auth;
    socket.join(`person:${name}`);

    // region: wish
    socket.on('book', (ack) => {
      if (log.length === PLACES) {
        ack({ ok: false, error: 'full' });
        return;
      }
      const fact = { number: log.length + 1, name };
      log.push(fact);
      ack({ ok: true });
      facts.emit('booked', fact);
    });
    // endregion

    // region: watch
    socket.on('watch', ({ after }, ack) => {
      socket.join('board');
      ack(log.slice(after));
    });
    // endregion
  });
}
