// A collaborative editor, in stages. What holds in all of them, and what this stage adds:
// cargo run -p runner goal collaborative_editor
//
// Five stages use this one file: text, versions, catch-up, people, cursors.

export default function register(io) {
  io.on('connection', (socket) => {
    socket.on('open', ({ doc }, ack) => {
      // Where is the text kept, so that all connections find it?
    });

    socket.on('edit', ({ doc, at, remove, insert }, ack) => {
      // Who needs to hear of a change, and who has it already?
    });
  });
}
