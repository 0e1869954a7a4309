export default function register(io) {
  // region: once
  io.of((name, auth, next) => {
    next(null, auth.ticket === 'blue');
  });
  // endregion
}
