// A chat of one room. What the server does not do yet (watch, typing, client ids, after) is missing quietly.
const at = (id) => document.getElementById(id);
const KEY_EVERY = 300; // ms between two signs that keys are pressed

let socket;
let room;
let last = 0; // the number of the newest message that is shown
let lastKey = 0;
let isCut = false;
const people = new Set();
const typists = new Map(); // from a name to how many of its tabs type
const waiting = []; // what has no answer yet, oldest first

at('enter').addEventListener('submit', (event) => {
  event.preventDefault();
  room = at('room').value;
  at('enter').hidden = true;
  at('chat').hidden = false;
  connect(at('name').value);
  at('text').focus();
});

at('write').addEventListener('submit', (event) => {
  event.preventDefault();
  const request = { room, text: at('text').value, clientId: `${Date.now()}-${Math.random()}` };
  const item = show({ name: 'you', text: `${request.text} …`, isSoft: true });
  waiting.push({ request, item });
  at('text').value = '';
  lastKey = 0;
  if (socket.connected) deliver(waiting.at(-1));
});

at('text').addEventListener('input', () => {
  if (!socket.connected || Date.now() - lastKey < KEY_EVERY) return;
  lastKey = Date.now();
  socket.emit('typing', { room }, () => {});
});

at('cut').addEventListener('click', () => {
  isCut = !isCut;
  at('cut').textContent = isCut ? 'Connect again' : 'Cut the line';
  if (isCut) socket.disconnect();
  else socket.connect();
});

function connect(name) {
  socket = io({ auth: { name } });
  socket.on('connect', enter);
  socket.on('disconnect', () => {
    typists.clear();
    showTyping();
    showLine('The line is cut. What you send waits.', false);
  });
  socket.on('connect_error', (error) => showLine(`No connection: ${error.message}`, false));
  socket.on('message', (message) => {
    if (message.room !== room) return;
    if (message.id <= last) show({ name: 'page', text: `message ${message.id} came once more`, isSoft: true });
    else show(message);
    last = Math.max(last, message.id);
  });
  socket.on('presence', (news) => {
    if (news.room !== room) return;
    if (news.online) people.add(news.name);
    else people.delete(news.name);
    showPeople();
  });
  socket.on('typing', (news) => {
    if (news.room !== room) return;
    typists.set(news.name, Math.max(0, (typists.get(news.name) ?? 0) + (news.typing ? 1 : -1)));
    showTyping();
  });
}

// A new connection is in no room yet. `after` asks for what was missed; the first time for all there is.
async function enter() {
  showLine('Connected.', true);
  const joined = await ask('join', { room, after: last });
  if (!joined?.ok) return showLine('The server has not answered `join` with `{ ok: true }`.', false);
  showLine(`In the room ${room}.`, true);
  waiting.slice().forEach(deliver);
  const watched = await ask('watch', { room });
  if (!watched?.ok) return;
  people.clear();
  watched.names.forEach((name) => people.add(name));
  showPeople();
}

// Without an answer it stays in the list, and goes out again with the same client id after the next `join`.
async function deliver(entry) {
  const answer = await ask('send', entry.request);
  if (!answer || !waiting.includes(entry)) return;
  waiting.splice(waiting.indexOf(entry), 1);
  entry.item.remove();
  if (!answer.ok) show({ name: 'server', text: `refused: ${answer.error}`, isSoft: true });
}

async function ask(event, request) {
  try {
    return await socket.timeout(3000).emitWithAck(event, request);
  } catch {
    return null;
  }
}

// Texts that come from others are put in as text, never as HTML.
function show({ name, text, isSoft }) {
  const item = document.createElement('li');
  const who = document.createElement('strong');
  who.textContent = `${name}: `;
  item.append(who, text);
  if (isSoft) item.className = 'soft';
  at('messages').append(item);
  at('log').scrollTop = at('log').scrollHeight;
  return item;
}

function showPeople() {
  at('people').textContent = [...people].sort().join(', ');
}

function showTyping() {
  const names = [...typists].filter(([, tabs]) => tabs > 0).map(([name]) => name);
  at('typing').textContent = names.length > 0 ? `${names.join(', ')} typing …` : '';
}

function showLine(text, isGood) {
  at('line').textContent = text;
  at('line').className = isGood ? 'good' : 'bad';
}
