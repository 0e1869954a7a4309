'use strict';

const at = (id) => document.getElementById(id);
let socket;
let game;
let mark;

const cells = Array.from({ length: 9 }, (_, cell) => {
  const button = document.createElement('button');
  button.type = 'button';
  button.disabled = true;
  button.setAttribute('aria-label', `cell ${cell + 1}, free`);
  button.addEventListener('click', () => ask('move', { game, cell }));
  at('board').append(button);
  return button;
});

// Whatever the server says goes into the page as text.
function log(text) {
  const line = document.createElement('li');
  line.textContent = text;
  at('log').prepend(line);
}

function ask(event, payload, then = () => {}) {
  log(`→ ${event} ${JSON.stringify(payload)}`);
  socket?.timeout(3000).emit(event, payload, (error, answer) => {
    log(error ? `no answer to ${event}` : `← ${JSON.stringify(answer)}`);
    if (!error) then(answer);
  });
}

function sit() {
  ask('join', { game }, (answer) => {
    mark = answer?.ok ? answer.mark : undefined;
    at('state').textContent = mark ? `you are ${mark}` : `not seated: ${answer?.error}`;
  });
}

function show(board) {
  if (board?.game !== game || !Array.isArray(board.cells)) return;
  const over = board.winner != null;
  cells.forEach((button, cell) => {
    const there = board.cells[cell];
    button.textContent = there ?? '';
    button.disabled = over || there != null;
    button.setAttribute('aria-label', `cell ${cell + 1}, ${there ?? 'free'}`);
  });
  const turn = board.turn === mark ? 'your turn' : `${board.turn}'s turn`;
  const end = board.winner === 'draw' ? 'a draw' : `${board.winner} has won`;
  at('state').textContent = `you are ${mark}: ${over ? end : board.turn ? turn : 'waiting for the other one'}`;
}

at('join').addEventListener('submit', (event) => {
  event.preventDefault();
  socket?.disconnect();
  game = at('game').value;
  socket = io({ auth: { name: at('name').value }, forceNew: true });
  // Also after a lost line: the page asks for its chair again.
  socket.on('connect', sit);
  socket.on('disconnect', (reason) => { at('state').textContent = `connection lost: ${reason}`; });
  socket.on('board', (board) => { log(`← board ${JSON.stringify(board)}`); show(board); });
});
at('rematch').addEventListener('click', () => ask('rematch', { game }));
at('cut').addEventListener('click', () => socket?.io.engine.close());
