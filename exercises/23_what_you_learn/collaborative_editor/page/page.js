// A text of several people. What the server does not do yet (versions, since, watch, cursor) is missing quietly.
//
// `base` is the server's text of `version`; the box holds `base` and what has been typed since. One change is under way at a
// time. When a change of others comes first, what was typed is carried over it: that is the work of a client, not of the server.
const at = (id) => document.getElementById(id);
const box = at('text');
const CURSOR_EVERY = 100; // ms
const ANSWERS_IN = 3000; // ms
const CATCHES_UP_IN = 400; // ms

let socket;
let me;
let doc;
let base = '';
let version = null; // not known yet
let sent = null; // the change that has no answer yet
let isOpen = false;
let isCut = false;
let cursorTimer;
let lastCursor;
const early = new Map(); // changes that came before the one that they follow
const cursors = new Map(); // from a name to a place in `base`

at('enter').addEventListener('submit', (event) => {
  event.preventDefault();
  me = at('name').value;
  doc = at('doc').value;
  at('enter').hidden = true;
  at('editor').hidden = false;
  connect();
});

at('cut').addEventListener('click', () => {
  isCut = !isCut;
  at('cut').textContent = isCut ? 'Connect again' : 'Cut the line';
  if (isCut) socket.disconnect();
  else socket.connect();
});

box.addEventListener('input', () => {
  // Not every language counts these as one character. The course leaves them out.
  if (/[\u{10000}-\u{10ffff}]/u.test(box.value)) show(box.value.replace(/[\u{10000}-\u{10ffff}]/gu, ''), (place) => place);
  flush();
  render();
});

document.addEventListener('selectionchange', () => {
  if (document.activeElement === box) tellCursorSoon();
});

addEventListener('resize', render);

function connect() {
  socket = io({ auth: { name: me } });
  socket.on('connect', open);
  socket.on('disconnect', () => {
    isOpen = false;
    if (sent) sent.isLost = true;
    showLine('The line is cut. You can go on writing.', false);
    showState();
  });
  socket.on('connect_error', (error) => showLine(`No connection: ${error.message}`, false));
  socket.on('changed', (change) => {
    if (change.doc !== doc) return;
    log(`← changed: ${words(change)} by ${change.name}, now version ${change.version}`);
    if (change.version > version) early.set(change.version, change);
    takeNext();
  });
  socket.on('people', (news) => {
    if (news.doc === doc) showPeople(news.names);
  });
  socket.on('cursor', (news) => {
    if (news.doc !== doc || news.name === me) return;
    if (news.at === null) cursors.delete(news.name);
    else cursors.set(news.name, news.at);
    render();
  });
}

// A new connection has nothing open. The first time the page needs the text; later only what it has missed.
async function open() {
  showLine('Connected.', true);
  const isFirst = version === null;
  let answer = await ask('open', isFirst ? { doc } : { doc, since: version });
  if (answer?.error === 'no_such_version') {
    log('The server has another text now. The page takes it.', 'bad');
    version = null;
    answer = await ask('open', { doc });
  }
  if (!answer?.ok) return showLine('The server has not answered `open` with `{ ok: true }`.', false);
  if (version === null) {
    [base, version, sent] = [answer.text, answer.version, null];
    early.clear();
    show(base, (place) => place);
    box.disabled = false;
    box.focus();
  } else {
    await new Promise((resolve) => setTimeout(resolve, CATCHES_UP_IN));
    if (version < answer.version) adopt(answer); // nothing was told: the stage that does it comes later
    sent = null;
  }
  isOpen = true;
  showLine(`You have ${doc} open.`, true);
  cursors.clear();
  for (const { name, at } of answer.cursors ?? []) if (name !== me) cursors.set(name, at);
  render();
  flush();
  lastCursor = undefined;
  tellCursorSoon();
  ask('watch', { doc });
}

// Sends what the box has and the server does not.
async function flush() {
  showState();
  const change = difference(base, box.value);
  if (!isOpen || sent || !change) return;
  sent = { ...change, version };
  showState();
  const asked = sent;
  const answer = await ask('edit', { doc, ...asked });
  if (sent !== asked || asked.isLost) return;
  sent = null;
  if (answer?.ok) {
    base = apply(base, asked);
    version = answer.version;
    carryCursors(asked);
    takeNext();
    tellCursorSoon();
  } else if (answer?.error === 'stale') {
    if (typeof answer.text === 'string' && answer.version > version) adopt(answer);
    // For the same version it would only be refused again. The page waits for a change or a key.
    if (version === asked.version) return showState();
  } else {
    return showState();
  }
  flush();
}

// One after the other, in the order of the versions.
function takeNext() {
  for (const old of early.keys()) if (old <= version) early.delete(old);
  const change = early.get(version + 1);
  if (!change) return render();
  early.delete(change.version);
  version = change.version;
  // Its own change, whose answer was lost with the line: the box has it already.
  if (sent?.isLost && change.name === me && words(change) === words(sent)) {
    base = apply(base, change);
    carryCursors(change);
    sent = null;
  } else {
    takeOver(change, apply(base, change));
    if (isOpen) flush();
  }
  takeNext();
}

// The server has told its text instead of the changes.
function adopt(answer) {
  takeOver(difference(base, answer.text), answer.text);
  version = answer.version;
}

// `base` changes, and what was typed is carried over it.
function takeOver(change, text) {
  const mine = difference(base, box.value);
  base = text;
  if (change) carryCursors(change);
  const place = (old) => (change ? carry(old, change) : old);
  show(mine ? apply(base, carryChange(mine, place)) : base, place);
}

function carryChange({ at, remove, insert }, place) {
  return { at: place(at), remove: place(at + remove) - place(at), insert };
}

function carryCursors(change) {
  for (const [name, place] of cursors) cursors.set(name, carry(place, change));
}

// The three rules of the last stage.
function carry(place, { at, remove, insert }) {
  if (place <= at) return place;
  if (place >= at + remove) return place + insert.length - remove;
  return at;
}

function apply(text, { at, remove, insert }) {
  return text.slice(0, at) + insert + text.slice(at + remove);
}

// What stands between the same beginning and the same end.
function difference(before, after) {
  if (before === after) return null;
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < most - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  return { at: start, remove: before.length - start - end, insert: after.slice(start, after.length - end) };
}

// A cursor is a place in the server's text, so it is told when the box holds the same.
function tellCursorSoon() {
  cursorTimer ??= setTimeout(() => {
    cursorTimer = undefined;
    const place = box.selectionEnd;
    if (!isOpen || box.value !== base || place === lastCursor || document.activeElement !== box) return;
    lastCursor = place;
    socket.emit('cursor', { doc, at: place }, () => {});
  }, CURSOR_EVERY);
}

async function ask(event, request) {
  log(`→ ${event}${event === 'edit' ? `: ${words(request)} for version ${request.version}` : ` ${JSON.stringify(request)}`}`);
  try {
    const answer = await socket.timeout(ANSWERS_IN).emitWithAck(event, request);
    const more = answer?.version === undefined ? '' : `, version ${answer.version}`;
    log(`← ${event}: ${answer?.ok ? 'ok' : answer?.error}${more}`, answer?.ok ? 'good' : 'bad');
    return answer;
  } catch {
    if (event !== 'watch') log(`${event}: no answer`, 'bad'); // a later stage
    return null;
  }
}

function words({ at, remove, insert }) {
  return [`at ${at}`, remove > 0 && `remove ${remove}`, insert && `insert ${JSON.stringify(insert)}`].filter(Boolean).join(', ');
}

// Puts a text into the box, and the selection to where it belongs.
function show(text, place) {
  if (text === box.value) return;
  const { selectionStart, selectionEnd, selectionDirection } = box;
  box.value = text;
  if (document.activeElement === box) box.setSelectionRange(place(selectionStart), place(selectionEnd), selectionDirection);
  render();
}

// Texts and names of others are put in as text, never as HTML.
function render() {
  box.style.height = 'auto';
  box.style.height = `${box.scrollHeight + 2}px`;
  const mine = difference(base, box.value);
  const names = new Map(); // from a place in the box to the names that stand there
  for (const [name, place] of cursors) {
    const here = mine ? carry(place, mine) : place;
    names.set(here, [...(names.get(here) ?? []), name]);
  }
  const mirror = at('mirror');
  mirror.replaceChildren();
  let done = 0;
  for (const [place, who] of [...names].sort(([a], [b]) => a - b)) {
    const mark = colored(document.createElement('span'), who[0], 'mark');
    mark.dataset.names = who.join(', ');
    mirror.append(box.value.slice(done, place), mark);
    mark.classList.toggle('late', mark.offsetLeft > mirror.clientWidth / 2);
    done = place;
  }
  // The rest shows no letters; it only has to break the lines in the same way.
  mirror.append(box.value.slice(done));
}

function showPeople(names) {
  const people = [...names].sort().flatMap((name) => {
    const who = colored(document.createElement('span'), name, 'who');
    who.textContent = name;
    return [', ', who];
  });
  at('people').replaceChildren('Here: ', ...people.slice(1));
}

function colored(element, name, look) {
  element.className = look;
  const number = [...name].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) % 1000, 0);
  const hue = (number * 137) % 360; // far apart, also for names that are alike
  element.style.setProperty('--hue', hue);
  return element;
}

function showState() {
  if (version === null) return;
  const waits = difference(base, box.value) ? (isOpen ? 'being sent …' : 'what you typed waits') : 'the server has it all';
  at('state').textContent = `Version ${version}: ${waits}`;
}

function showLine(text, isGood) {
  at('line').textContent = text;
  at('line').className = isGood ? 'good' : 'bad';
}

function log(text, look = '') {
  const item = document.createElement('li');
  item.textContent = text;
  item.className = look;
  at('log').prepend(item);
  at('log').children[100]?.remove();
}
