// A chat room: a component that talks to a server. The contract is in exercise.yaml.
//
// The file exports one component. It is shown in a window without a screen, inside <StrictMode>, and gets the props
// `url`, `room` and `name`. Types are not checked: write TypeScript or plain JavaScript, as you like.

import { useEffect, useState } from 'react';
import { io } from 'socket.io-client';

export default function ChatRoom({ url, room, name }) {
  const [messages, setMessages] = useState([]);
  const [text, setText] = useState('');

  // How often does React call this function? And how often does this line run?
  const socket = io(url, { auth: { name } });

  useEffect(() => {
    socket.emit('joinRoom', { roomId: room });
  }, [room]);

  useEffect(() => {
    socket.on('receiveMessage', (message) => setMessages([...messages, message]));
  }, []);

  const send = (event) => {
    event.preventDefault();
    socket.emit('sendMessage', { roomId: room, text });
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
