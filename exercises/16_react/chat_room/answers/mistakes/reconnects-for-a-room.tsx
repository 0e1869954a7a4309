import { useEffect, useState } from 'react';
import { io } from 'socket.io-client';

export default function ChatRoom({ url, room, name }) {
  const [socket, setSocket] = useState(null);
  const [messages, setMessages] = useState([]);
  const [text, setText] = useState('');

  useEffect(() => {
    const socket = io(url, { auth: { name } });
    setSocket(socket);
    socket.on('connect', () => socket.emit('joinRoom', { roomId: room }));
    socket.on('receiveMessage', (message) => setMessages((before) => [...before, message]));
    return () => {
      if (socket.connected) socket.emit('leaveRoom', { roomId: room });
      socket.disconnect();
      setMessages([]);
    };
  }, [url, name, room]);

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
