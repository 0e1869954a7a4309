// Tic-tac-toe, in stages. What holds in all of them, and what this stage adds: cargo run -p runner goal tic_tac_toe
//
// The server owns the games. A client only asks; what it believes about the board counts for nothing.

export default function register(io) {
  io.on('connection', (socket) => {
    socket.on('join', ({ game }, ack) => {
      // Which mark is still free in this game? Who has to see the board now?
    });
  });
}
