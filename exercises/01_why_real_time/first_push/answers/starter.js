// First push: greet each client the moment it connects. The contract is in exercise.yaml.
//
// `io` is the whole server. Each connection hands you a `socket`: your end of the line to one client.

export default function register(io) {
  io.on('connection', (socket) => {
    console.log(`a client connected: ${socket.id}`);

    // So far a client must ask for its greeting. Asha and Ravi do not ask.
    socket.on('hello', () => {
      socket.emit('welcome', { text: 'Good morning!' });
    });
  });
}
