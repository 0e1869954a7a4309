const TEAMS = ['blue', 'red'];

export default function register(io) {
  io.on('connection', (socket) => {
    // region: person
    const { name } = socket.handshake.auth;
    if (name) socket.join(`person:${name}`);
    // endregion

    // region: team
    socket.on('joinTeam', (team, ack) => {
      const isTeam = TEAMS.includes(team); // or else a client could name a room such as person:asha
      if (isTeam) socket.join(team);
      ack(isTeam ? 'joined' : 'no_such_team');
    });
    // endregion

    // region: cheer
    socket.on('cheer', (team) => {
      socket.to(team).emit('cheered', team);
    });
    // endregion

    // region: both
    socket.on('cheerBoth', () => {
      socket.to('blue').to('red').emit('cheeredBoth');
    });
    // endregion

    // region: draw
    socket.on('draw', () => {
      socket.broadcast.emit('stroke');
    });
    // endregion

    // region: surprise
    socket.on('planSurprise', (person) => {
      io.except(`person:${person}`).emit('surprise', person);
    });
    // endregion
  });
}
