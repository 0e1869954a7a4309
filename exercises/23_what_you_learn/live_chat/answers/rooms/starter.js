// A live chat, in stages. What holds in all of them, and what this stage adds: cargo run -p runner goal live_chat
//
// Four stages use this one file: rooms, presence, typing, delivery.

export default function register(io) {
  io.on('connection', (socket) => {
    socket.on('join', ({ room }, ack) => {
      // What does the server have to know about a room, and who hears its messages?
    });
  });
}
