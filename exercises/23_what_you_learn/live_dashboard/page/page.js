// The board of one viewer, and sensors to play with. What the server does not do yet is missing quietly.
const at = (id) => document.getElementById(id);
const field = (form, name) => at(form).elements[name].value.trim();
const STREAM_EVERY = 100; // ms between two reports of a sensor that reports by itself

let viewer;
let wishes = []; // lists of names; `null` is the whole board
const tiles = new Map(); // from the name of a sensor to its tile on the board
const sensors = new Map(); // from the name of a sensor of this tab to its socket

setLine('Not connected.');

// ── The board ──

onSubmit('door', () => {
  viewer?.disconnect();
  viewer = io({ auth: { name: field('door', 'name'), role: 'viewer' }, forceNew: true });
  viewer.on('connect', () => {
    setLine(`Connected as ${viewer.auth.name}.`);
    // A new line knows nothing of the old one: watch again.
    wishes.forEach(watch);
    if (wishes.length === 0) log('press “Watch” to see something');
  });
  viewer.on('disconnect', (reason) => setLine(`The line is gone (${reason}).`));
  viewer.on('connect_error', (error) => setLine(`Nobody answers (${error.message}).`));
  viewer.on('reading', (reading) => {
    const tile = tileOf(reading.sensor);
    tile.heard += 1;
    show(reading);
  });
  viewer.on('line', ({ sensor, online }) => {
    show({ sensor, online });
    log(`line: ${sensor} is ${online ? 'back' : 'gone'}`);
  });
  viewer.on('alarm', ({ sensor, value }) => {
    showAlarm(sensor, value);
    log(`alarm: ${sensor}, ${value}`, 'bad');
  });
  viewer.on('acknowledged', ({ sensor, by }) => {
    showAlarm(sensor, null);
    log(`acknowledged: ${sensor}, by ${by}`, 'good');
  });
});

onSubmit('wish', async (event) => {
  const names = field('wish', 'sensors').split(',').map((name) => name.trim()).filter(Boolean);
  const wish = names.length > 0 ? names : null;
  if (event.submitter?.value !== 'unwatch') {
    if (await watch(wish)) wishes.push(wish);
    return;
  }
  const { ok } = await ask(viewer, 'unwatch', requestOf(wish));
  if (!ok) return;
  wishes = wishes.flatMap((other) => without(other, wish));
  for (const name of tiles.keys()) {
    if (!wishes.some((other) => other === null || other.includes(name))) dropTile(name);
  }
});

async function watch(wish) {
  const { ok, readings = [], alarms = [] } = await ask(viewer, 'watch', requestOf(wish));
  readings.forEach(show);
  readings.forEach(({ sensor }) => showAlarm(sensor, null));
  alarms.forEach(({ sensor, value }) => showAlarm(sensor, value));
  return ok;
}

function requestOf(wish) {
  return wish ? { sensors: wish } : {};
}

// What is left of a wish, as a list of none or one.
function without(wish, ended) {
  if (wish === null || ended === null) return wish === ended ? [] : [wish];
  const left = wish.filter((name) => !ended.includes(name));
  return left.length > 0 ? [left] : [];
}

function tileOf(name) {
  if (tiles.has(name)) return tiles.get(name);
  const tile = { item: add(at('board'), 'li'), heard: 0 };
  add(tile.item, 'p', 'name', name);
  tile.value = add(tile.item, 'p', 'value', '–');
  tile.note = add(tile.item, 'p', 'soft');
  tile.alarm = add(tile.item, 'div', 'alarm');
  tile.alarm.hidden = true;
  tile.alarmText = add(tile.alarm, 'span', 'bad');
  const button = add(tile.alarm, 'button', '', 'I see to it');
  button.addEventListener('click', () => ask(viewer, 'acknowledge', { sensor: name }));
  tiles.set(name, tile);
  at('empty').hidden = true;
  return tile;
}

function dropTile(name) {
  tiles.get(name).item.remove();
  tiles.delete(name);
  at('empty').hidden = tiles.size > 0;
}

function show({ sensor, value, online }) {
  const tile = tileOf(sensor);
  if (value !== undefined) tile.value.textContent = value;
  if (online !== undefined) tile.item.classList.toggle('offline', !online);
  const isGone = tile.item.classList.contains('offline');
  tile.note.textContent = `readings heard: ${tile.heard}${isGone ? ', silent now' : ''}`;
}

function showAlarm(sensor, value) {
  const tile = tileOf(sensor);
  tile.alarm.hidden = value === null;
  tile.item.classList.toggle('alarmed', value !== null);
  tile.alarmText.textContent = `Alarm at ${value}`;
}

// ── The sensors of this tab ──

onSubmit('sensor', () => {
  const name = field('sensor', 'name');
  if (sensors.has(name)) return log(`${name} is switched on already`);
  const every = Number(field('sensor', 'every'));
  const limit = field('sensor', 'limit');
  const auth = { name, role: 'sensor', ...(every > 0 && { every }), ...(limit !== '' && { limit: Number(limit) }) };
  const socket = io({ auth, forceNew: true });
  sensors.set(name, socket);

  const item = add(at('sensors'), 'li');
  add(item, 'p', 'name', name);
  const label = add(item, 'label', '', 'Value');
  const slider = add(label, 'input');
  Object.assign(slider, { type: 'range', min: 0, max: 40, step: 0.5, value: 20 });
  const note = add(item, 'p', 'soft');
  const row = add(item, 'div', 'row');
  let sent = 0;
  let stream;
  note.textContent = 'reports sent: 0';

  const report = async (value) => {
    if (!socket.connected) return;
    sent += 1;
    note.textContent = `${value}; reports sent: ${sent}`;
    const answer = await ask(socket, 'report', { value }, true);
    if (!answer.ok) log(`report of ${name}: ${answer.error}`, 'bad');
  };
  slider.addEventListener('input', () => report(Number(slider.value)));
  socket.on('connect', () => report(Number(slider.value)));
  socket.on('disconnect', () => { note.textContent = 'no line'; });

  const byItself = button(row, 'Report by itself', () => {
    clearInterval(stream);
    stream = stream ? undefined : setInterval(() => {
      const next = Number(slider.value) + (Math.random() < 0.5 ? -0.5 : 0.5);
      slider.value = next;
      report(Number(slider.value));
    }, STREAM_EVERY);
    byItself.textContent = stream ? 'Stop that' : 'Report by itself';
  });
  button(row, 'Send a text', () => report('warm'));
  const cut = button(row, 'Cut the line', () => {
    if (socket.connected) socket.disconnect();
    else socket.connect();
    cut.textContent = socket.active ? 'Cut the line' : 'Connect again';
  });
});

function button(row, text, act) {
  const made = add(row, 'button', 'quiet', text);
  made.type = 'button';
  made.addEventListener('click', act);
  return made;
}

// ── Both ──

// A stage that does not know an event answers nothing, so each question has a time limit.
async function ask(socket, event, request, isQuiet = false) {
  let answer;
  try {
    answer = await socket.timeout(3000).emitWithAck(event, request);
  } catch {
    answer = { ok: false, error: 'no answer in three seconds' };
  }
  if (!isQuiet) log(`${event} ${JSON.stringify(request)}: ${answer?.ok ? 'ok' : answer?.error}`, answer?.ok ? 'good' : 'bad');
  return answer ?? { ok: false };
}

function onSubmit(id, act) {
  at(id).addEventListener('submit', (event) => {
    event.preventDefault();
    act(event);
  });
}

// Texts that come from others are put in as text, never as HTML.
function add(parent, tag, look = '', text = '') {
  const made = document.createElement(tag);
  made.className = look;
  made.textContent = text;
  parent.append(made);
  return made;
}

function setLine(text) {
  at('line').textContent = text;
  for (const made of at('wish').querySelectorAll('button')) made.disabled = !viewer?.connected;
}

function log(text, look = '') {
  const item = document.createElement('li');
  item.textContent = text;
  item.className = look;
  at('log').prepend(item);
}
