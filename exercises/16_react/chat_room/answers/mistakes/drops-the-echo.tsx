import { useEffect, useState } from 'react';
import { io } from 'socket.io-client';

export default function ChatRoom({ url, room, name }) {
  const [socket, setSocket] = useState(null);
  const [messages, setMessages] = useState([]);
  const [text, setText] = useState('');

  useEffect(() => {
    const socket = io(url, { auth: { name } });
    setSocket(socket);
    return () => {
      socket.disconnect();
    };
  }, [url, name]);

  useEffect(() => {
    if (!socket) return undefined;
    const join = () => socket.emit('joinRoom', { roomId: room });
    const show = (message) => {
      if (message.from === name) return;
      if (message.roomId === room) setMessages((before) => [...before, message]);
    };
    if (socket.connected) join();
    socket.on('connect', join);
    socket.on('receiveMessage', show);
    return () => {
      socket.off('connect', join);
      socket.off('receiveMessage', show);
      if (socket.connected) socket.emit('leaveRoom', { roomId: room });
      setMessages([]);
    };
  }, [socket, room, name]);

  const send = (event) => {
    event.preventDefault();
    socket.emit('sendMessage', { roomId: room, text });
    setMessages((before) => [...before, { from: name, text }]);
    setText('');
  };

  return (
    <form onSubmit={send}>
      <h1>{room}</h1>
      <ul>
        {messages.map((message, index) => (
          <li key={index}>
            <b>{message.from}</b> {message.text}
          </li>
        ))}
      </ul>
      <label>
        Message <input value={text} onChange={(event) => setText(event.target.value)} />
      </label>
      <button>Send</button>
    </form>
  );
}
