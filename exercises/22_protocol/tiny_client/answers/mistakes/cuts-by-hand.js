import WebSocket from 'ws';

const address = process.env.URL.replace(/^http/, 'ws');
const line = new WebSocket(`${address}/socket.io/?EIO=4&transport=websocket`);

// Engine.IO: one digit, and what it carries.
line.on('message', (bytes) => {
  const frame = bytes.toString();
  if (frame[0] === '0') line.send('40{"name":"Asha"}');
  if (frame[0] === '2') line.send('3');
  if (frame[0] === '4') hear(frame.slice(1));
});

// Socket.IO: one digit, perhaps the number of an acknowledgement, perhaps JSON.
function hear(packet) {
  const [, type, id, json] = /^(\d)(\d*)(.*)$/s.exec(packet);
  const data = json === '' ? undefined : JSON.parse(json);
  if (type === '0') line.send('420["hello"]');
  if (type === '1') line.close();
  if (type === '2') heard(json.slice(2, -2).split('","'), id);
  if (type === '3') console.log(json.slice(2, -2));
  if (type === '4') {
    console.log(data.message);
    line.close();
  }
}

function heard([event, text], id) {
  if (event === 'say') console.log(text);
  if (event === 'areYouHere') line.send(`43${id}["yes"]`);
}
