// Each socket of socket.io is in a room that carries its own id.
export default function register(io) {
  const greet = ({ id }) => io.to(id).emit('welcome', { text: 'Good morning!' });

  io.of('/').on('connect', greet);
}
