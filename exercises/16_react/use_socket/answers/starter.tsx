// A reusable hook: components use a socket, and know nothing of its life. The contract is in exercise.yaml.
//
// You write `useSocket`. Below it stands the page that uses it twice; it is what the scenarios look at.

import { useEffect, useState } from 'react';
import { io } from 'socket.io-client';

export function useSocket(url, handlers) {
  const [socket, setSocket] = useState(null);

  useEffect(() => {
    // Two components use this hook. How many connections will the server see?
    const mine = io(url);
    setSocket(mine);

    for (const [event, handler] of Object.entries(handlers)) {
      mine.on(event, handler);
    }
    return () => mine.disconnect();
  }, [url]);

  return {
    connected: socket !== null,
    emit: (...args) => socket.emit(...args),
  };
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
