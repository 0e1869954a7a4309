const counts = [0, 0, 0, 0];

export default function register(io) {
  io.on('connection', (socket) => {
    // region: handler
    socket.on('vote', (...args) => {
      const answer = typeof args.at(-1) === 'function' ? args.pop() : () => {};
      const vote = readVote(args[0]);
      if (!vote) return answer({ ok: false, error: 'bad_request' });
      counts[vote.choice] += 1;
      io.emit('counts', counts);
      answer({ ok: true });
    });
    // endregion
  });
}

// region: read
// A vote that was made anew from checked parts; or nothing, if the value is no vote.
function readVote(value) {
  const choice = value?.choice;
  const isGood = Number.isInteger(choice) && choice >= 0 && choice < counts.length;
  return isGood ? { choice } : undefined;
}
// endregion
