import { useCallback, useEffect, useRef, useState } from 'react';
import { io } from 'socket.io-client';

const lines = new Map(); // url → { socket, users }

function enter(url) {
  const line = lines.get(url) ?? { socket: io(url), users: 0 };
  lines.set(url, line);
  line.users += 1;
  return line.socket;
}

function leave(url) {
  const line = lines.get(url);
  line.users -= 1;
}

export function useSocket(url, handlers) {
  const socket = useRef(null);
  const newest = useRef(handlers);
  const [connected, setConnected] = useState(false);

  useEffect(() => {
    newest.current = handlers;
  });

  useEffect(() => {
    const mine = enter(url);
    const tell = () => setConnected(mine.connected);
    const pass = (event, ...args) => newest.current[event]?.(...args);
    socket.current = mine;
    tell();
    mine.on('connect', tell);
    mine.on('disconnect', tell);
    mine.onAny(pass);
    return () => {
      mine.off('connect', tell);
      mine.off('disconnect', tell);
      mine.offAny(pass);
      leave(url);
    };
  }, [url]);

  const emit = useCallback((...args) => socket.current.emit(...args), []);

  return { connected, emit };
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
