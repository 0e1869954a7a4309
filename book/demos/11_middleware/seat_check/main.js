const SEATS = 30;

// region: checks
class Refusal extends Error {
  constructor(message, data) {
    super(message);
    this.data = data; // travels to the client, like the message
  }
}

export default function register(io) {
  io.use((socket, next) => {
    const { seat } = socket.handshake.auth;
    if (!Number.isInteger(seat)) return next(new Refusal('seat_required'));
    socket.data.seat = seat;
    next();
  });

  io.use((socket, next) => {
    if (socket.data.seat > SEATS) return next(new Refusal('no_such_seat', { seats: SEATS }));
    next();
  });

  io.on('connection', (socket) => {
    socket.emit('seated', socket.data.seat);
  });
}
// endregion
