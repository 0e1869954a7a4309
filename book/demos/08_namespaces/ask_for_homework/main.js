import { io } from 'socket.io-client';

const { URL } = process.env;

// region: ask
const chat = io(URL, { transports: ['websocket'] }); // the main namespace
const homework = io(`${URL}/homework`, { auth: { name: 'asha' } });

homework.on('connect', () => {
  homework.emit('say', 'who has page 12?');
});

homework.on('connect_error', (error) => {
  console.log(error.message); // such as: Invalid namespace
});
// endregion

chat.on('said', (text) => console.log(text));
