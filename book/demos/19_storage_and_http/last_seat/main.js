let seats = 1;

export default function register(io) {
  io.on('connection', (socket) => {
    // region: take
    socket.on('takeSeat', async (ack) => {
      if (seats === 0) return ack({ ok: false, error: 'full' });
      seats -= 1; // looked and taken, and nobody could come in between
      io.emit('seatsLeft', seats);

      await printTicket();
      ack({ ok: true });
    });
    // endregion
  });
}

// Slow work belongs behind the decision.
async function printTicket() {
  await new Promise((done) => setTimeout(done, 5));
}
