// Three small components: one holds the connection, one the messages of a room, one the field. Another room is
// another `key`, so React throws the old messages away. The text in the field is never in a state.
import { createContext, useContext, useEffect, useState } from 'react';
import { io } from 'socket.io-client';

const Line = createContext(null);

function Messages({ room }) {
  const socket = useContext(Line);
  const [texts, setTexts] = useState([]);

  useEffect(() => {
    const hear = ({ roomId, from, text }) => {
      if (roomId === room) setTexts((texts) => texts.concat(`${from} says ${text}`));
    };
    const join = () => socket.emit('joinRoom', { roomId: room });
    if (socket.connected) join();
    socket.on('connect', join).on('receiveMessage', hear);
    return () => {
      socket.off('connect', join).off('receiveMessage', hear);
      socket.volatile.emit('leaveRoom', { roomId: room });
    };
  }, [socket, room]);

  return texts.map((text, index) => <div key={index}>{text}</div>);
}

function Field({ room }) {
  const socket = useContext(Line);
  return (
    <form
      action={(data) => {
        socket.emit('sendMessage', { roomId: room, text: data.get('text') });
      }}
    >
      <label htmlFor="text">Message</label>
      <textarea id="text" name="text" />
      <input type="submit" value="Send" />
    </form>
  );
}

export default function ChatRoom({ url, room, name }) {
  const [socket] = useState(() => io(url, { auth: { name }, autoConnect: false }));

  useEffect(() => {
    socket.connect();
    return () => {
      socket.disconnect();
    };
  }, [socket]);

  return (
    <Line.Provider value={socket}>
      <Messages key={room} room={room} />
      <Field room={room} />
    </Line.Provider>
  );
}
