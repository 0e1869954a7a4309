import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';

import { Server } from 'socket.io';

const { PORT, OFFICE_KEY } = process.env;
const LONGEST = 200_000;

const http = createServer(async (request, response) => {
  if (request.method !== 'POST' || request.url !== '/announcements') return answer(response, 404);
  if (request.headers.authorization !== `Bearer ${OFFICE_KEY}`) return answer(response, 401);

  const text = textOf(await bodyOf(request));
  if (!text) return answer(response, 400);

  const id = randomUUID();
  io.emit('announcement', { id, text });
  answer(response, 201, { id });
});

const io = new Server(http);
http.listen(PORT, '127.0.0.1');

// The whole body. What is too long is not kept, and of one that breaks off nothing is left.
async function bodyOf(request) {
  request.setEncoding('utf8');
  let body = '';
  try {
    for await (const piece of request) if (body.length <= LONGEST) body += piece;
  } catch {
    return '';
  }
  return body.length <= LONGEST ? body : '';
}

// The announcement's text, or nothing if the body is not as it should be.
function textOf(body) {
  try {
    const text = JSON.parse(body)?.text;
    return typeof text === 'string' ? text : undefined;
  } catch {
    return undefined;
  }
}

function answer(response, status, body = {}) {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
