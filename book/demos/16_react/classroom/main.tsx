import { createContext, useContext, useEffect, useEffectEvent, useState } from 'react';
import type { ReactNode } from 'react';
import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';

// region: provider
const SocketContext = createContext<Socket | null>(null);

type ProviderProps = { url: string; name: string; children: ReactNode };

export function SocketProvider({ url, name, children }: ProviderProps) {
  const [socket, setSocket] = useState<Socket | null>(null);

  useEffect(() => {
    const mine = io(url, { auth: { name } });
    setSocket(mine);
    return () => {
      mine.disconnect();
    };
  }, [url, name]);

  return <SocketContext value={socket}>{children}</SocketContext>;
}

// The connection of the page; null in the first moment.
export function useSocket() {
  return useContext(SocketContext);
}
// endregion

// region: event
// Calls the newest `handler` for each event of this name, for as long as the component is there.
export function useSocketEvent<Payload>(event: string, handler: (payload: Payload) => void) {
  const socket = useSocket();
  const newest = useEffectEvent(handler);

  useEffect(() => {
    if (!socket) return undefined;
    const listener = (payload: Payload) => newest(payload);
    socket.on(event, listener);
    return () => {
      socket.off(event, listener);
    };
  }, [socket, event]);
}
// endregion

// region: board
type Note = { board: string; text: string };

function Board({ board }: { board: string }) {
  const socket = useSocket();
  const [notes, setNotes] = useState<Note[]>([]);

  useEffect(() => {
    if (!socket) return undefined;
    const follow = () => socket.emit('follow', { board });
    if (socket.connected) follow();
    socket.on('connect', follow);
    return () => {
      socket.off('connect', follow);
      if (socket.connected) socket.emit('unfollow', { board });
    };
  }, [socket, board]);

  useSocketEvent<Note>('note', (note) => {
    if (note.board === board) setNotes((before) => [...before, note]);
  });

  return (
    <ul>
      {notes.map((note, index) => (
        <li key={index}>{note.text}</li>
      ))}
    </ul>
  );
}
// endregion

// region: hands
function Hands() {
  const [count, setCount] = useState(0);
  useSocketEvent('hand', () => setCount(count + 1));
  return <p>{`${count} hands`}</p>;
}
// endregion

// region: page
type PageProps = { url: string; name: string; board: string };

export default function Page({ url, name, board }: PageProps) {
  return (
    <SocketProvider url={url} name={name}>
      <Hands />
      <Board key={board} board={board} />
    </SocketProvider>
  );
}
// endregion
