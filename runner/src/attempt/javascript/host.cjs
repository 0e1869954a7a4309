// Hosts the learner's handlers: one Node process for all scenarios of a check, one server and one fresh
// module graph for each of them. The runner embeds this text and starts it as
//
//     node --input-type=commonjs --eval HOST CACHE_FOLDER        (descriptor 3: the control socket)
//
// One JSON object a line on the control socket.
//   runner → host   {"open":7,"source":"/…/main.js","folder":"/…","graph":true}
//                                                            import main.js as scenario 7, in that folder, and serve it
//                   {"close":7}                              end that server
//   host → runner   {"scenario":7,"port":41234}              it listens on 127.0.0.1
//                   {"scenario":7,"failed":"…"}              why it does not
//                   {"scenario":7,"failed":"…","last":true}  the same, and Node itself ends now and says where
// The host ends when the control socket closes: the runner is gone then. It serves one program at a time.
'use strict';

const net = require('node:net');
const control = new net.Socket({ fd: 3, readable: true, writable: true });
const say = (report) => control.write(`${JSON.stringify(report)}\n`);
const leave = () => process.exit(0);
control.on('end', leave).on('close', leave).on('error', leave);

const [cache] = process.argv.splice(1, 1);

const modules = require('node:module');
const { pathToFileURL } = require('node:url');
// Node 22.8 and later keep compiled code between runs; older versions simply compile again.
if (modules.enableCompileCache) modules.enableCompileCache(cache);

const { createServer } = require('node:http');
const { Server } = require('socket.io');
const { inspect } = require('node:util');

const servers = new Map();
let carriesQuery = false;

// Relative imports of `main.js?scenario=7` must get the query too, or their state would be shared by all scenarios.
function carryQuery() {
  if (carriesQuery) return;
  carriesQuery = true;
  if (modules.registerHooks) {
    modules.registerHooks({ resolve: (specifier, context, next) => withQuery(next(specifier, context), context) });
    return;
  }
  const hook = `const withQuery = ${withQuery};
    export const resolve = async (specifier, context, next) => withQuery(await next(specifier, context), context);`;
  modules.register(`data:text/javascript,${encodeURIComponent(hook)}`);
}

function withQuery(resolved, context) {
  const query = /\?scenario=\d+$/.exec(context.parentURL ?? '');
  const own = resolved.url.startsWith('file:') && !resolved.url.includes('/node_modules/');
  if (query && own && !resolved.url.includes('?')) resolved.url += query[0];
  return resolved;
}

// Frames of Node itself and of this host say nothing to a learner.
function words(error) {
  const text = error instanceof Error ? (error.stack ?? String(error)) : `threw ${inspect(error)}`;
  const lines = text.split('\n').filter((line) => !/^\s+at .*(node:|\[eval\])/.test(line));
  return lines.join('\n').slice(0, 4000);
}

async function open({ open: scenario, source, folder, graph }) {
  let program;
  try {
    if (folder) process.chdir(folder);
    process.argv[1] = source;
    if (graph) carryQuery();
    program = await import(`${pathToFileURL(source)}?scenario=${scenario}`);
  } catch (error) {
    // A syntax error keeps its place to itself until Node prints it.
    const last = error instanceof SyntaxError && !String(error.stack).includes('file:');
    say({ scenario, failed: words(error), last });
    if (last) setImmediate(() => { throw error; });
    return;
  }
  if (typeof program.default !== 'function') {
    const seen = 'default' in program ? `its default export is ${inspect(program.default, { depth: 0 })}` : 'it has no default export';
    say({ scenario, failed: `${seen}; the host looks for \`export default function register(io)\`` });
    return;
  }
  const server = createServer();
  const io = new Server(server, program.options);
  // Static, and in place before the learner's code runs: nothing that the learner declares can change it.
  io.of('/~').on('connection', (socket) => {
    socket.on('fence', (...words) => {
      const answer = words.at(-1);
      if (typeof answer === 'function') answer();
    });
  });
  servers.set(scenario, io);
  const listening = new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  try {
    await Promise.all([program.default(io), listening]);
  } catch (error) {
    say({ scenario, failed: words(error) });
    close(scenario);
    return;
  }
  say({ scenario, port: server.address().port });
  // Kept at once, because the runner ends this process without asking.
  if (modules.flushCompileCache) setImmediate(() => modules.flushCompileCache());
}

function close(scenario) {
  const io = servers.get(scenario);
  servers.delete(scenario);
  io?.close()?.catch?.(() => {});
}

let unread = '';
control.setEncoding('utf8').on('data', (text) => {
  const lines = (unread + text).split('\n');
  unread = lines.pop();
  for (const line of lines) {
    const request = JSON.parse(line);
    if ('open' in request) open(request);
    if ('close' in request) close(request.close);
  }
});
