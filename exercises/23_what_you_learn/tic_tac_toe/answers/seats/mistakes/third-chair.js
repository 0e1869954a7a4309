const MARKS = ['X', 'O'];
const games = new Map();

export default function register(io) {
  io.on('connection', (socket) => {
    socket.on('join', ({ game: id }, ack) => {
      const game = gameOf(id);
      const mark = markOf(game, socket.id) ?? sitDown(game, socket.id);
      if (!mark) {
        ack({ ok: false, error: 'full' });
        return;
      }
      socket.join(roomOf(id));
      ack({ ok: true, mark });
      io.to(roomOf(id)).emit('board', boardOf(id, game));
    });
  });
}

function gameOf(id) {
  if (!games.has(id)) games.set(id, { players: {}, cells: Array(9).fill(null), turn: null });
  return games.get(id);
}

// The prefix keeps a client from naming another room, such as the one that every socket has of its own.
function roomOf(id) {
  return `game:${id}`;
}

function markOf(game, player) {
  return MARKS.find((mark) => game.players[mark] === player);
}

function sitDown(game, player) {
  const mark = MARKS.find((mark) => !game.players[mark]) ?? 'O';
  if (mark) game.players[mark] = player;
  if (mark === 'O') game.turn = 'X';
  return mark;
}

function boardOf(id, { cells, turn }) {
  return { game: id, cells, turn, winner: null };
}
