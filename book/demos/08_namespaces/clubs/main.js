const CLUBS = ['/club/chess', '/club/music'];

export default function register(io) {
  // region: clubs
  const clubs = io.of((name, auth, next) => {
    next(null, CLUBS.includes(name));
  });

  clubs.on('connection', (socket) => {
    socket.on('say', (text) => socket.nsp.emit('said', text));
  });
  // endregion
}
