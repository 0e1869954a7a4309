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
    socket.emit('joinRoom', { roomId: room });
    const show = (message) => {
      if (message.roomId === room) setMessages((before) => [...before, message]);
    };
    socket.on('receiveMessage', show);
    return () => {
      socket.off('receiveMessage', show);
      socket.emit('leaveRoom', { roomId: room });
      setMessages([]);
    };
  }, [socket, room]);

  const send = (event) => {
    event.preventDefault();
    socket.emit('sendMessage', { roomId: room, text });
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
