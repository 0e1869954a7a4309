// Another style: a game is an object with a private state that knows nothing of sockets. It answers, and it is
// watched. Callbacks instead of rooms.
const LINES = ['012', '345', '678', '036', '147', '258', '048', '246'];

class Refused extends Error {}

class Game {
  #names = [];
  #board = '---------';
  #first = 0;
  #moves = 0;
  #again = [];
  #watchers = new Set();

  sit(name, watcher) {
    if (!this.#names.includes(name)) {
      if (this.#names.length === 2) throw new Refused('full');
      this.#names.push(name);
    }
    this.#watchers.add(watcher);
    return { mark: 'XO'[this.#names.indexOf(name)] };
  }

  move(name, cell) {
    const player = this.#player(name);
    if (this.#names.length < 2) throw new Refused('waiting');
    if (this.#winner()) throw new Refused('over');
    if (player !== this.#turn()) throw new Refused('not_your_turn');
    if (!Number.isInteger(cell) || cell < 0 || cell > 8) throw new Refused('no_such_cell');
    if (this.#board[cell] !== '-') throw new Refused('taken');
    this.#board = this.#board.slice(0, cell) + 'XO'[player] + this.#board.slice(cell + 1);
    this.#moves += 1;
  }

  again(name) {
    const player = this.#player(name);
    if (!this.#winner()) throw new Refused('not_over');
    this.#again[player] = true;
    if (!(this.#again[0] && this.#again[1])) return;
    this.#board = '---------';
    this.#moves = 0;
    this.#again = [];
    this.#first = 1 - this.#first;
  }

  forget(watcher) {
    this.#watchers.delete(watcher);
  }

  show(id) {
    const winner = this.#winner();
    const cells = [...this.#board].map((mark) => (mark === '-' ? null : mark));
    const waits = winner || this.#names.length < 2;
    const board = { game: id, cells, turn: waits ? null : 'XO'[this.#turn()], winner };
    this.#watchers.forEach((watcher) => watcher(board));
  }

  #player(name) {
    const player = this.#names.indexOf(name);
    if (player < 0) throw new Refused('not_playing');
    return player;
  }

  #turn() {
    return (this.#first + this.#moves) % 2;
  }

  #winner() {
    for (const line of LINES) {
      const marks = [...line].map((cell) => this.#board[cell]).join('');
      if (marks === 'XXX' || marks === 'OOO') return marks[0];
    }
    return this.#board.includes('-') ? null : 'draw';
  }
}

export default (io) => {
  const games = new Map();
  io.use((socket, next) => {
    socket.data.name = socket.handshake.auth.name;
    next();
  });
  io.on('connection', (socket) => {
    const { name } = socket.data;
    const watcher = (board) => socket.emit('board', board);
    const actions = {
      join: (game) => game.sit(name, watcher),
      move: (game, { cell }) => game.move(name, cell),
      rematch: (game) => game.again(name),
    };
    for (const [event, act] of Object.entries(actions)) {
      socket.on(event, (request, ack) => {
        try {
          if (event === 'join' && !games.has(request.game)) games.set(request.game, new Game());
          const game = games.get(request.game) ?? new Game(); // nobody sits in one that nobody has joined
          ack({ ok: true, ...act(game, request) });
          game.show(request.game);
        } catch (refused) {
          if (!(refused instanceof Refused)) throw refused;
          ack({ ok: false, error: refused.message });
        }
      });
    }
    socket.on('disconnect', () => games.forEach((game) => game.forget(watcher)));
  });
};
