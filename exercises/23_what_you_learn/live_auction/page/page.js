const $ = (id) => document.getElementById(id);
const value = (form, name) => $(form).elements[name].value;
let socket;
let watched;

for (const id of ['open', 'watch', 'bid']) {
  $(id).querySelector('button').disabled = true;
}

onSubmit('door', () => {
  socket?.disconnect();
  socket = io({ auth: { name: value('door', 'name') }, forceNew: true });
  socket.on('connect', () => {
    line(`Connected as ${socket.auth.name}.`);
    // A new line knows nothing of the old one: watch again.
    if (watched) ask('watch', { auction: watched });
  });
  socket.on('disconnect', (reason) => line(`The line is gone (${reason}).`));
  socket.on('connect_error', (error) => line(`Nobody answers (${error.message}).`));
  socket.on('price', show);
  socket.on('sold', ({ auction, price, bidder }) => {
    log(`sold: ${auction}, ${price}, ${bidder ?? 'nobody'}`);
    if (auction === watched) $('end').textContent = bidder ? `Sold to ${bidder} for ${price}.` : 'Over, and nobody has bid.';
  });
  socket.on('confirm', ({ auction, price }, answer) => {
    const how = value('bid', 'confirm');
    log(`asked to confirm ${price} for ${auction}: ${how}`);
    if (how === 'yes') answer({ ok: true });
    if (how === 'slowly') setTimeout(() => answer({ ok: true }), 2000);
    if (how === 'no') answer({ ok: false });
  });
});

onSubmit('open', async () => {
  const auction = value('open', 'auction');
  const silence = Number(value('open', 'silence')) * 1000;
  const request = { auction, price: Number(value('open', 'price')) };
  await ask('open', silence > 0 ? { ...request, silence } : request);
  $('watch').elements.auction.value = auction;
});

onSubmit('watch', async () => {
  const auction = value('watch', 'auction');
  const before = watched;
  watched = auction;
  const { ok } = await ask('watch', { auction });
  if (!ok) watched = before;
});

onSubmit('bid', () => {
  ask('bid', { auction: watched ?? value('watch', 'auction'), price: Number(value('bid', 'price')) });
});

function show({ auction, price, bidder, open }) {
  log(`price: ${auction}, ${price}, ${bidder ?? 'nobody'}`);
  if (auction !== watched) return;
  $('title').textContent = `You watch: ${auction}`;
  $('price').textContent = price;
  $('bidder').textContent = bidder ? `offered by ${bidder}` : 'nobody has bid yet';
  $('end').textContent = open === false ? 'This auction is over.' : '';
}

// A stage that does not know an event answers nothing, so each question has a time limit. A bid is answered only when its bidder
// was asked, and that may take five seconds.
async function ask(event, request) {
  const seconds = event === 'bid' ? 7 : 3;
  let answer;
  try {
    answer = await socket.timeout(seconds * 1000).emitWithAck(event, request);
  } catch {
    answer = { ok: false, error: `no answer in ${seconds} seconds` };
  }
  log(`${event} ${request.price ?? ''}: ${answer?.ok ? 'ok' : answer?.error}`, answer?.ok ? 'good' : 'bad');
  return answer ?? { ok: false };
}

function onSubmit(id, act) {
  $(id).addEventListener('submit', (event) => {
    event.preventDefault();
    act();
  });
}

function line(text) {
  $('line').textContent = text;
  for (const id of ['open', 'watch', 'bid']) {
    $(id).querySelector('button').disabled = !socket.connected;
  }
}

function log(text, look = '') {
  const item = document.createElement('li');
  item.textContent = text;
  item.className = look;
  $('log').prepend(item);
}
