// Announce over HTTP: the office posts, and everyone hears. The contract is in exercise.yaml.
//
// One HTTP server for both: Socket.IO takes the requests to its own path, and all others come to your handler.

import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';

import { Server } from 'socket.io';

const { PORT, OFFICE_KEY } = process.env;
const LONGEST = 200_000;

const http = createServer(async (request, response) => {
  if (request.method !== 'POST' || request.url !== '/announcements') return answer(response, 404);

  // May this one speak to the whole school? And is there a text in what was sent?
  const body = await bodyOf(request);

  // The office has its answer. Who tells the clients?
  const id = randomUUID();
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

function answer(response, status, body = {}) {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
