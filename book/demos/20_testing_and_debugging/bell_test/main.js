import assert from 'node:assert/strict';
import { io } from 'socket.io-client';

// region: heard
// The arguments of the next event of this name, or an error when there is none in time.
function heard(socket, event, patience = 1000) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no ${event} within ${patience} ms`)), patience);
    socket.once(event, (...args) => {
      clearTimeout(timer);
      resolve(args);
    });
  });
}
// endregion

const asha = io(process.env.URL);
try {
  // region: test
  await heard(asha, 'connect', 10_000);
  const [bell, answer] = await Promise.all([
    heard(asha, 'bell'), // listen first,
    asha.timeout(1000).emitWithAck('ring', 'physics'), // then cause it
  ]);
  assert.deepEqual(answer, { ok: true });
  assert.deepEqual(bell, ['physics']);
  // endregion
  console.log('passed: the bell rings');
} catch (error) {
  console.log(`failed: ${error.message}`);
  process.exitCode = 1;
}
asha.disconnect();
