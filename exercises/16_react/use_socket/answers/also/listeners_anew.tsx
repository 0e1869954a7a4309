// The listeners are put on and taken off after each drawing; the connection is not. It is closed a moment after the last
// one has gone, so that who comes back at once finds it open.
import { useEffect, useState } from 'react';
import { io } from 'socket.io-client';

const sockets = {};
const counts = {};

function borrow(url) {
  sockets[url] ??= io(url, { forceNew: true });
  counts[url] = (counts[url] ?? 0) + 1;
  return sockets[url];
}

function giveBack(url) {
  counts[url] -= 1;
  setTimeout(() => {
    if (counts[url] > 0 || !sockets[url]) return;
    sockets[url].close();
    delete sockets[url];
  }, 0);
}

export function useSocket(url, handlers) {
  const [state, setState] = useState({ socket: null, connected: false });

  useEffect(() => {
    const socket = borrow(url);
    const look = () => setState({ socket, connected: socket.connected });
    look();
    socket.on('connect', look);
    socket.on('disconnect', look);
    return () => {
      socket.off('connect', look);
      socket.off('disconnect', look);
      giveBack(url);
    };
  }, [url]);

  const { socket, connected } = state;
  useEffect(() => {
    if (!socket) return undefined;
    const mine = Object.entries(handlers);
    mine.forEach(([event, handler]) => socket.on(event, handler));
    return () => mine.forEach(([event, handler]) => socket.off(event, handler));
  });

  return { connected, emit: (event, ...args) => socket?.emit(event, ...args) };
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
