import { useEffect, useState } from 'react';
import { io } from 'socket.io-client';

type Props = { url: string; name: string };

export default function Present({ url, name }: Props) {
  const [online, setOnline] = useState(false);
  const [names, setNames] = useState<string[]>([]);

  // region: effect
  useEffect(() => {
    const socket = io(url, { auth: { name } });
    socket.on('connect', () => setOnline(true));
    socket.on('disconnect', () => setOnline(false));
    socket.on('present', (list: string[]) => setNames(list));

    return () => {
      socket.disconnect();
    };
  }, [url, name]);
  // endregion

  // region: picture
  return (
    <section>
      <p>{online ? 'online' : 'offline'}</p>
      <ul>
        {names.map((who) => (
          <li key={who}>{who}</li>
        ))}
      </ul>
    </section>
  );
  // endregion
}
