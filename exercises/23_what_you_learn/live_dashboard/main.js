// A live dashboard, in stages. What holds in all of them, and what this stage adds: cargo run -p runner goal live_dashboard
//
// The sensors report, the board on the wall shows. Nobody asks again and again: what is new is pushed.

export default function register(io) {
  io.on('connection', (socket) => {
    const { name, role } = socket.handshake.auth;

    socket.on('report', ({ value }, ack) => {
      // Who reports? Where is the value kept, and who has to hear of it?
    });

    socket.on('watch', (request, ack) => {
      // What does somebody need who comes in the middle?
    });
  });
}
