// One listener for all events, and the answer is addressed by the socket's id, a moment later.
import { setImmediate } from 'node:timers/promises';

const answers = {
  say: async (io, id, words) => {
    await setImmediate();
    io.in(id).emit('echo', words);
  },
};

export default function register(io) {
  io.of('/').on('connect', function (socket) {
    socket.onAny((event, ...args) => answers[event]?.(io, socket.id, ...args));
  });
}
