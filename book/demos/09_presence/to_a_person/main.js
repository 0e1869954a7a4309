export default function register(io) {
  io.on('connection', (socket) => {
    // region: person
    const { name } = socket.handshake.auth;
    socket.join(`person:${name}`);

    socket.on('whisper', ({ to, text }) => {
      io.to(`person:${to}`).emit('whispered', { from: name, text });
    });
    // endregion

    // region: tabs
    socket.on('myTabs', async (ack) => {
      const tabs = await io.in(`person:${name}`).fetchSockets();
      ack(tabs.length);
    });

    socket.on('disconnect', () => {
      io.to(`person:${name}`).emit('tabClosed');
    });
    // endregion
  });
}
