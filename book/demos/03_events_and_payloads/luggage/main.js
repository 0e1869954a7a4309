// region: class
class Seat {
  row = 3;
  #price = 10;

  get price() {
    return this.#price;
  }
}
// endregion

export default function register(io) {
  io.on('connection', (socket) => {
    socket.on('unpack', () => {
      // region: luggage
      socket.emit('luggage', {
        date: new Date(0),
        map: new Map([['Asha', 9]]),
        set: new Set(['Asha', 'Ravi']),
        pattern: /physics/,
        notANumber: NaN,
        seat: new Seat(),
        list: [undefined, () => {}],
        homework: undefined,
        greet() {},
      });
      // endregion
    });

    socket.on('unpackNothing', () => {
      socket.emit('nothing', undefined);
    });
  });
}
