// One socket object, kept in a ref and connected by hand; one reducer; messages sorted by room, so that nothing needs
// to be emptied. What the listeners must know is in a ref, too.
import { useEffect, useReducer, useRef } from 'react';
import { Manager } from 'socket.io-client';

function reduce(state, action) {
  switch (action.type) {
    case 'came': {
      const { roomId } = action.message;
      return { ...state, byRoom: { ...state.byRoom, [roomId]: [...(state.byRoom[roomId] ?? []), action.message] } };
    }
    case 'entered':
      return { ...state, byRoom: {} };
    case 'wrote':
      return { ...state, draft: action.draft };
    default:
      return state;
  }
}

export default function ChatRoom(props) {
  const [state, dispatch] = useReducer(reduce, { byRoom: {}, draft: '' });
  const socket = useRef(null);
  const room = useRef(props.room);

  useEffect(() => {
    const before = room.current;
    room.current = props.room;
    if (before === props.room) return;
    dispatch({ type: 'entered' });
    // Not yet connected: the listener for `connect` joins the room that counts by then.
    if (!socket.current?.connected) return;
    socket.current.emit('leaveRoom', { roomId: before });
    socket.current.emit('joinRoom', { roomId: props.room });
  }, [props.room]);

  useEffect(() => {
    const manager = new Manager(props.url, { transports: ['websocket'] });
    const mine = manager.socket('/', { auth: { name: props.name } });
    mine.onAny((event, message) => {
      if (event === 'receiveMessage') dispatch({ type: 'came', message });
    });
    mine.on('connect', () => mine.emit('joinRoom', { roomId: room.current }));
    socket.current = mine;
    return () => {
      mine.emit('leaveRoom', { roomId: room.current });
      mine.disconnect();
      socket.current = null;
    };
  }, [props.url, props.name]);

  const shown = state.byRoom[props.room] ?? [];
  return (
    <main>
      {shown.map((message, index) => (
        <p key={index}>{`${message.from}: ${message.text}`}</p>
      ))}
      <input
        aria-label="Message"
        value={state.draft}
        onChange={({ target }) => dispatch({ type: 'wrote', draft: target.value })}
      />
      <button
        type="button"
        onClick={() => {
          socket.current.emit('sendMessage', { roomId: props.room, text: state.draft });
          dispatch({ type: 'wrote', draft: '' });
        }}
      >
        Send
      </button>
    </main>
  );
}
