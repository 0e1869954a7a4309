import { io } from 'socket.io-client';

const { URL } = process.env;

// region: ask
const chat = io(URL, { transports: ['websocket'] }); // the main namespace

chat.once('connect', openHomework);

function openHomework() {
  const homework = io(`${URL}/homework`, { auth: { name: 'asha' } });

  homework.on('connect', () => {
    homework.emit('say', 'who has page 12?');
  });

  homework.on('connect_error', (error) => {
    console.log(error.message); // such as: Invalid namespace
  });
}
// endregion
