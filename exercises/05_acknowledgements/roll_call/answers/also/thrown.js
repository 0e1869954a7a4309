// The promise style: an error carries the answers that did come.
export default function register(io) {
  io.on('connection', (socket) => {
    socket.on('rollCall', async (ack) => {
      const asked = (await socket.broadcast.fetchSockets()).length;
      let present;
      try {
        present = await socket.timeout(600).broadcast.emitWithAck('areYouHere');
      } catch (error) {
        present = error.responses;
      }
      ack({ present, silent: asked - present.length });
    });
  });
}
