const MARKS = ['X', 'O'];
const LINES = [
  [0, 1, 2], [3, 4, 5], [6, 7, 8],
  [0, 3, 6], [1, 4, 8], [2, 5, 8],
  [0, 4, 8], [2, 4, 6],
];
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

    socket.on('move', ({ game: id, cell }, ack) => {
      const game = games.get(id);
      const error = whyNot(game, socket.id, cell);
      if (error) {
        ack({ ok: false, error });
        return;
      }
      game.cells[cell] = game.turn;
      game.winner = winnerOf(game.cells);
      game.turn = game.winner ? null : otherThan(game.turn);
      ack({ ok: true });
      io.to(roomOf(id)).emit('board', boardOf(id, game));
    });
  });
}

function gameOf(id) {
  if (!games.has(id)) games.set(id, { players: {}, cells: Array(9).fill(null), turn: null, winner: null });
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
  const mark = MARKS.find((mark) => !game.players[mark]);
  if (mark) game.players[mark] = player;
  if (mark === 'O') game.turn = 'X';
  return mark;
}

// Check and change are one step: nothing is awaited between them.
function whyNot(game, player, cell) {
  const mark = game && markOf(game, player);
  if (!mark) return 'not_playing';
  if (!game.players[otherThan(mark)]) return 'waiting';
  if (game.winner) return 'over';
  if (mark !== game.turn) return 'not_your_turn';
  if (!Number.isInteger(cell) || cell < 0 || cell > 8) return 'no_such_cell';
  if (game.cells[cell]) return 'taken';
}

function otherThan(mark) {
  return mark === 'X' ? 'O' : 'X';
}

// A line first: the ninth move may win.
function winnerOf(cells) {
  const line = LINES.find(([a, b, c]) => cells[a] && cells[a] === cells[b] && cells[a] === cells[c]);
  if (line) return cells[line[0]];
  return cells.includes(null) ? null : 'draw';
}

function boardOf(id, { cells, turn, winner }) {
  return { game: id, cells, turn, winner };
}
