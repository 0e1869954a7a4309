// The page of one person. What the server does not do yet (read, keys, acknowledgements, topics) is missing quietly.
const at = (id) => document.getElementById(id);

let socket;
let isCut = false;
const inbox = new Map(); // from its id to each notification, and its item in the list
const outbox = []; // what was sent: its request, its answer, and whether it has arrived
const arrived = new Set(); // the ids of what has arrived
const wishes = new Set();

at('enter').addEventListener('submit', (event) => {
  event.preventDefault();
  at('enter').hidden = true;
  at('school').hidden = false;
  at('announce').hidden = at('role').value !== 'teacher';
  connect(at('name').value, at('role').value);
  at('to').focus();
});

at('cut').addEventListener('click', () => {
  isCut = !isCut;
  at('cut').textContent = isCut ? 'Connect again' : 'Cut the line';
  if (isCut) socket.disconnect();
  else socket.connect();
});

at('notify').addEventListener('submit', (event) => {
  event.preventDefault();
  const request = { to: at('to').value, text: at('text').value, key: `${Date.now()}-${Math.random()}` };
  const { item, note } = addItem(at('sent'), `to ${request.to}: `, request.text);
  const entry = { request, item, note, id: undefined, isDone: false };
  outbox.push(entry);
  at('outbox').hidden = false;
  showEntry(entry);
  if (socket.connected) deliver(entry);
});

at('subscribe').addEventListener('submit', async (event) => {
  event.preventDefault();
  const topic = at('topic').value;
  const answer = await ask('subscribe', { topic });
  if (answer?.ok) wishes.add(topic);
  at('wishes').hidden = false;
  at('wishes').textContent = answer?.ok ? `Asked for from here: ${[...wishes].join(', ')}` : reasonOf('subscribe', answer);
});

at('announce').addEventListener('submit', async (event) => {
  event.preventDefault();
  const topics = at('topics').value.split(',').map((topic) => topic.trim()).filter(Boolean);
  const text = at('news').value;
  const { note } = addItem(at('sent'), `about ${topics.join(', ')}: `, text);
  at('outbox').hidden = false;
  note.textContent = 'sent …';
  const answer = await ask('announce', { topics, text });
  note.className = answer?.ok ? 'good' : 'bad';
  note.textContent = answer?.ok ? `people: ${answer.people}` : reasonOf('announce', answer);
});

function connect(name, role) {
  socket = io({ auth: { name, role } });
  socket.on('connect', () => {
    showLine(`You are ${name}, a ${role}.`, true);
    forgetUnread();
    // Without an answer it goes out again, with the same key.
    outbox.filter(({ isDone }) => !isDone).forEach(deliver);
  });
  socket.on('disconnect', () => showLine('The line is cut. What you send waits.', false));
  socket.on('connect_error', (error) => showLine(`No connection: ${error.message}`, false));
  socket.on('notification', (notification, answer) => {
    if (answer && at('answers').checked) answer({ ok: true });
    show(notification);
  });
  socket.on('read', ({ id }) => markAsRead(id));
  socket.on('delivered', ({ id }) => {
    arrived.add(id);
    outbox.filter((entry) => entry.id === id).forEach(showEntry);
  });
}

// With a new line the server tells what is not read now. Meanwhile another tab may have read some of it.
function forgetUnread() {
  for (const [id, { item, isRead }] of inbox) {
    if (isRead) continue;
    item.remove();
    inbox.delete(id);
  }
  showBadge();
}

function show({ id, from, text }) {
  if (inbox.has(id)) {
    inbox.get(id).note.textContent = 'came once more';
    return;
  }
  const { item, note } = addItem(at('inbox'), `${from}: `, text);
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'quiet';
  button.textContent = 'Read';
  button.addEventListener('click', async () => {
    const answer = await ask('read', { id });
    if (answer?.ok) markAsRead(id);
    else note.textContent = reasonOf('read', answer);
  });
  item.append(button);
  inbox.set(id, { item, note, button, isRead: false });
  showBadge();
}

function markAsRead(id) {
  const entry = inbox.get(id);
  if (!entry) return;
  entry.isRead = true;
  entry.button.remove();
  entry.item.classList.add('soft');
  entry.note.textContent = 'read';
  showBadge();
}

async function deliver(entry) {
  const answer = await ask('notify', entry.request);
  if (answer) entry.isDone = true;
  if (answer?.ok) entry.id = answer.id;
  showEntry(entry, answer);
}

function showEntry({ id, isDone, note }, answer) {
  note.className = id === undefined ? 'soft' : 'good';
  if (arrived.has(id)) note.textContent = 'arrived';
  else if (id !== undefined) note.textContent = 'sent';
  else note.textContent = isDone ? reasonOf('notify', answer) : 'waits …';
}

function showBadge() {
  const unread = [...inbox.values()].filter(({ isRead }) => !isRead).length;
  at('badge').textContent = unread > 0 ? unread : '';
  at('badge').setAttribute('aria-label', `${unread} not read`);
  at('empty').hidden = inbox.size > 0;
  document.title = unread > 0 ? `(${unread}) Push notifications` : 'Push notifications';
}

async function ask(event, request) {
  try {
    return await socket.timeout(3000).emitWithAck(event, request);
  } catch {
    return null;
  }
}

function reasonOf(event, answer) {
  return answer ? `refused: ${answer.error}` : `no answer to ${event}`;
}

// Texts that come from others are put in as text, never as HTML.
function addItem(list, who, text) {
  const item = document.createElement('li');
  const line = document.createElement('span');
  const name = document.createElement('strong');
  const note = document.createElement('small');
  name.textContent = who;
  line.append(name, text);
  item.append(line, note);
  list.prepend(item);
  return { item, note };
}

function showLine(text, isGood) {
  at('line').textContent = text;
  at('line').className = isGood ? 'good' : 'bad';
}
