// A small store for each address, outside of React, and `useSyncExternalStore` to look at it. One listener for each
// event on the socket; the store passes it on.
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { Manager } from 'socket.io-client';

class Line {
  #socket;
  #watchers = new Set();
  #ears = new Set();

  constructor(url) {
    this.#socket = new Manager(url, { autoConnect: false }).socket('/');
    const changed = () => this.#watchers.forEach((watcher) => watcher());
    this.#socket.on('connect', changed).on('disconnect', changed);
    this.#socket.onAny((event, ...args) => [...this.#ears].forEach((ear) => ear.handlers[event]?.(...args)));
  }

  watch = (watcher) => {
    if (this.#watchers.size === 0) this.#socket.connect();
    this.#watchers.add(watcher);
    return () => {
      this.#watchers.delete(watcher);
      if (this.#watchers.size === 0) this.#socket.disconnect();
    };
  };

  isUp = () => this.#socket.connected;

  emit = (event, ...args) => {
    this.#socket.emit(event, ...args);
  };

  listen(ear) {
    this.#ears.add(ear);
    return () => this.#ears.delete(ear);
  }
}

const known = {};
const lineTo = (url) => (known[url] ??= new Line(url));

export function useSocket(url, handlers) {
  const line = lineTo(url);
  const connected = useSyncExternalStore(line.watch, line.isUp);
  const ear = useMemo(() => ({ handlers: {} }), []);
  useEffect(() => {
    ear.handlers = handlers;
  }, [ear, handlers]);
  useEffect(() => {
    const stop = line.listen(ear);
    return () => void stop();
  }, [line, ear]);
  return { connected, emit: line.emit };
}

// ── The page that uses the hook. Leave it as it is. ──

function Messages({ url, room }) {
  const [texts, setTexts] = useState([]);
  const { connected, emit } = useSocket(url, {
    message: ({ roomId, text }) => {
      if (roomId === room) setTexts((before) => [...before, text]);
    },
  });

  return (
    <section>
      <h1>{room}</h1>
      <p>{connected ? 'online' : 'offline'}</p>
      {texts.map((text, index) => (
        <p key={index}>{text}</p>
      ))}
      <button onClick={() => emit('wave', { roomId: room })}>Wave</button>
    </section>
  );
}

function Badge({ url }) {
  const [count, setCount] = useState(0);
  useSocket(url, { message: () => setCount(count + 1) });
  return <p>all messages: {count}</p>;
}

export default function Page({ url, room, badge, messages = true }) {
  return (
    <>
      {messages && <Messages url={url} room={room} />}
      {badge && <Badge url={url} />}
    </>
  );
}
