export default function register(io) {
  io.on('connection', (socket) => {
    // region: ask
    socket.on('startVote', async () => {
      let places;
      try {
        places = await io.timeout(2000).emitWithAck('whereTo');
      } catch (error) {
        places = error.responses; // those who did answer
      }
      io.emit('voted', count(places));
    });
    // endregion
  });
}

// region: count
function count(places) {
  const votes = { museum: 0, river: 0 };
  for (const place of places) {
    if (Object.hasOwn(votes, place)) votes[place] += 1;
  }
  return votes;
}
// endregion
