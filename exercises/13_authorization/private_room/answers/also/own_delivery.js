// No rooms of socket.io: each room knows its members and its listeners. One guard stands before the three events.
import jwt from 'jsonwebtoken';

class Room {
  #members;
  #listeners = new Set();
  #said = [];

  constructor(members) {
    this.#members = members;
  }

  admits(name) {
    return this.#members.includes(name);
  }

  join(socket) {
    this.#listeners.add(socket);
    socket.once('disconnecting', () => this.#listeners.delete(socket));
    return {};
  }

  send(socket, { roomId, text }) {
    const line = { from: socket.name, text };
    this.#said.push(line);
    for (const listener of this.#listeners) listener.emit('receiveMessage', { roomId, ...line });
    return {};
  }

  history() {
    return { messages: [...this.#said] };
  }
}

const REQUESTS = { joinRoom: 'join', sendMessage: 'send', history: 'history' };

export default (io) => {
  const rooms = [];

  io.use((socket, next) => {
    jwt.verify(`${socket.handshake.auth.token}`, process.env.JWT_SECRET, { algorithms: ['HS256'] }, (error, claims) => {
      socket.name = claims?.sub;
      next(error ? new Error('unauthorized') : undefined);
    });
  });

  io.on('connect', (socket) => {
    socket.on('createRoom', (wish, ack) => {
      const roomId = `r${rooms.push(new Room(wish.members.concat(socket.name)))}`;
      ack({ ok: true, roomId });
    });
    for (const [event, method] of Object.entries(REQUESTS)) {
      socket.on(event, async (request, ack) => {
        const room = rooms[Number(request.roomId.slice(1)) - 1];
        if (room?.admits(socket.name)) ack({ ok: true, ...room[method](socket, request) });
        else ack({ ok: false, error: 'forbidden' });
      });
    }
  });
};
