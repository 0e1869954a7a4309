// A live auction, in stages. What holds in all of them, and what this stage adds: cargo run -p runner goal live_auction
//
// The server owns the auctions: the price, the bidder, the clock. A client only asks.

export default function register(io) {
  io.on('connection', (socket) => {
    socket.on('open', ({ auction, price }, ack) => {
      // Where is an auction kept, so that all connections find it?
    });

    socket.on('watch', ({ auction }, ack) => {
      // What does somebody need who comes in the middle?
    });
  });
}
