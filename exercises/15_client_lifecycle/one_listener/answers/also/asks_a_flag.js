// The popup's listener is always there, and asks whether the popup is open. Each part is an object of its own.
import { Manager } from 'socket.io-client';

class Log {
  constructor(socket) {
    socket.on('message', (message) => socket.emit('logged', { id: message.id }));
  }
}

class Popup {
  #open = false;

  constructor(socket) {
    const turn = (open) => () => (this.#open = open);
    socket.on('open', turn(true)).on('close', turn(false));
    socket.onAny((event, message) => {
      if (event === 'message' && this.#open) socket.emit('shown', { id: message.id });
    });
  }
}

const socket = new Manager(process.env.URL).socket('/', { auth: { name: process.env.NAME } });
new Popup(socket);
new Log(socket);
