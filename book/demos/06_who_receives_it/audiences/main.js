export default function register(io) {
  io.on('connection', (socket) => {
    // region: one
    socket.on('myMarks', () => {
      socket.emit('marks', { physics: 9 });
    });
    // endregion

    // region: all
    socket.on('beginLesson', () => {
      io.emit('lessonBegins');
    });
    // endregion

    // region: others
    socket.on('typing', ({ name }) => {
      socket.broadcast.emit('isTyping', { name });
    });
    // endregion
  });
}
