import { io } from 'socket.io-client';

// region: again
const socket = io(process.env.URL, {
  ackTimeout: 500, // so long it waits for an answer
  retries: 2, // so often it sends again
});

const essay = { id: 'essay-1', text: 'my essay' }; // the id was made when the essay was finished

socket.emit('handIn', essay, (error, answer) => {
  if (error) console.log(`given up: ${error.message}`);
  else console.log(answer.ok ? 'handed in' : `refused: ${answer.error}`);
});
// endregion
