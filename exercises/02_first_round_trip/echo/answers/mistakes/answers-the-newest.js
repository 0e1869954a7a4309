let client;

export default function register(io) {
  io.on('connection', (socket) => {
    client = socket;
    socket.on('say', say);
  });
}

function say({ text }) {
  client.emit('echo', { text });
}
