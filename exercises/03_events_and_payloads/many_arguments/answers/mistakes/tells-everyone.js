export default function register(io) {
  io.on('connection', (socket) => {
    socket.on('grade', (name, points, possible) => {
      const percent = (points / possible) * 100;
      io.emit('graded', name, percent, percent >= 50);
    });

    socket.on('average', (marks) => {
      const sum = marks.reduce((total, mark) => total + mark, 0);
      io.emit('averaged', sum / marks.length, marks);
    });
  });
}
