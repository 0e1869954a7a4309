// Hosts the learner's page: one Node process for all scenarios of a check, and for each of them a window of its own,
// with its own React, its own socket.io-client and its own globals. The runner embeds this text and starts it as
//
//     node --input-type=commonjs --eval HOST IN_WINDOW        (descriptor 3: the control socket)
//
// IN_WINDOW is the text of page_in_window.js, which is bundled with the libraries. One JSON object a line on the control socket.
//   runner → host   {"open":7,"source":"/…/main.tsx","url":"http://127.0.0.1:41234"}
//                                                               a window for scenario 7, whose server is there
//                   {"page":7,"id":1,"mount":{…props}}          also "props":{…}, "unmount":true, "click":"Send",
//                                                               "type":["Message","hello"], "rest":true
//                   {"close":7}                                 end that window
//   host → runner   {"scenario":7,"ready":true}                 the file is loaded and exports a component
//                   {"scenario":7,"failed":"…","build":true}    why not; build: it does not compile
//                   {"scenario":7,"id":1,"done":true}           also "missing":true, "disabled":true
//                   {"scenario":7,"shows":["…"]}                what can be read on the page now, when it changes
//                   {"scenario":7,"printed":"…"}                a line of the page's console
//                   {"scenario":7,"fell":"…"}                   an error took the page down
// The host ends when the control socket closes: the runner is gone then. It shows one program at a time.
'use strict';

const net = require('node:net');
const control = new net.Socket({ fd: 3, readable: true, writable: true });
const say = (report) => control.write(`${JSON.stringify(report)}\n`);
const leave = () => process.exit(0);
control.on('end', leave).on('close', leave).on('error', leave);

const [inWindow] = process.argv.splice(1, 1);
let source;

const { createHash } = require('node:crypto');
const fs = require('node:fs');
const { SourceMap } = require('node:module');
const path = require('node:path');
const { format, inspect } = require('node:util');
const vm = require('node:vm');
const { build } = require('esbuild');
const { JSDOM, VirtualConsole } = require('jsdom');

// As much as a person reads; a page that grows without end must not fill the socket.
const LINES = 200;
const LINE = 1_000;
// So many characters that a scenario prints are kept.
const PRINTED = 64_000;
// Changes of one moment are told together.
const MOMENT = 4;
// React renders in one timer, runs effects in the next; what these cause needs as many again.
const RESTS = 4;

const OFF = 'React took the component off the page';

const windows = new Map();
const HOST = 'socketlingsHost';
const PROGRAM = 'socketlingsProgram';

const common = {
  bundle: true,
  write: false,
  format: 'iife',
  platform: 'browser',
  target: `node${process.versions.node}`,
  define: { 'process.env.NODE_ENV': '"development"' },
  tsconfigRaw: '{}',
  legalComments: 'none',
  logLevel: 'silent',
};

// The libraries, and what works with them in the window: bundled once, and kept for later checks.
async function libraries() {
  const installed = ['jsdom', 'socket.io-client'].map((name) => {
    const [packages] = /^.*[\\/]node_modules(?=[\\/])/.exec(require.resolve(name));
    const { size, mtimeMs } = fs.statSync(path.join(packages, '.package-lock.json'), { throwIfNoEntry: false }) ?? {};
    return [packages, size, mtimeMs];
  });
  const key = createHash('sha256').update(JSON.stringify([inWindow, installed, common])).digest('hex');
  const kept = path.join(installed[0][0], '.cache', 'socketlings', `page-${key.slice(0, 16)}.js`);
  try {
    return fs.readFileSync(kept, 'utf8');
  } catch {
    // Not there yet.
  }
  const stdin = { contents: inWindow, resolveDir: process.cwd(), sourcefile: 'page_in_window.js' };
  const { outputFiles } = await build({ ...common, stdin, globalName: HOST });
  const code = outputFiles[0].text;
  try {
    fs.mkdirSync(path.dirname(kept), { recursive: true });
    fs.writeFileSync(`${kept}.${process.pid}`, code);
    fs.renameSync(`${kept}.${process.pid}`, kept);
  } catch {
    // A folder that is not ours to write: it is bundled each time.
  }
  return code;
}

const SHARED = ['react', 'react/jsx-runtime', 'react-dom', 'react-dom/client', 'socket.io-client'];
const fromHost = {
  name: 'from-host',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /./ }, ({ path: name }) => (SHARED.includes(name) ? { path: name, namespace: 'host' } : undefined));
    onLoad({ filter: /./, namespace: 'host' }, ({ path: name }) => ({
      contents: `module.exports = ${HOST}.libraries[${JSON.stringify(name)}];`,
    }));
  },
};

// The learner's file, bundled once. The same text runs in each window.
async function program() {
  const { outputFiles } = await build({
    ...common,
    entryPoints: [path.resolve(source)],
    outfile: path.resolve('page.js'),
    globalName: PROGRAM,
    jsx: 'automatic',
    sourcemap: 'external',
    sourcesContent: false,
    loader: { '.css': 'empty' },
    plugins: [fromHost],
  });
  return ['.js', '.map'].map((end) => outputFiles.find((file) => file.path.endsWith(end)).text);
}

let inEachWindow;
const host = () => (inEachWindow ??= libraries().then((code) => new vm.Script(code, { filename: 'host.js' })));

let bundled;
const bundle = () =>
  (bundled ??= Promise.all([host(), program()]).then(([first, [code, map]]) => ({
    scripts: [first, new vm.Script(code, { filename: 'page.js' })],
    map: new SourceMap(JSON.parse(map)),
  })));

// esbuild's words, in the form in which other tools say them.
function complaint({ errors = [] }, error) {
  if (errors.length === 0) return { failed: String(error?.stack ?? error) };
  const [{ text, location }] = errors;
  const place = location ? `${shortly(location.file)}:${location.line}:${location.column + 1}` : '';
  const absent = /^Could not resolve "(.*)"/.exec(text);
  if (absent) {
    const kind = /^\.\.?\//.test(absent[1]) ? 'module' : 'package';
    return { failed: `Cannot find ${kind} '${absent[1]}', imported at ${place}` };
  }
  const line = location ? `\n    ${location.lineText.trim()}` : '';
  return { build: true, failed: `error: ${text}\n  --> ${place}${line}` };
}

const shortly = (file) => path.relative(path.dirname(source), path.resolve(file));

// An error with the places of the learner's own files; frames of libraries and of this host say nothing to a learner.
function words(error, map) {
  if (typeof error?.stack !== 'string') return `threw ${inspect(error)}`;
  const at = error.stack.indexOf('\n    at ');
  const head = at < 0 ? error.stack : error.stack.slice(0, at);
  const frames = at < 0 ? [] : error.stack.slice(at + 1).split('\n');
  const own = [];
  for (const frame of frames) {
    const place = /page\.js:(\d+):(\d+)/.exec(frame);
    const origin = place && map.findEntry(Number(place[1]) - 1, Number(place[2]) - 1);
    // Node makes a URL of it.
    const file = decodeURIComponent(origin?.originalSource ?? '');
    if (!file || file.includes('node_modules')) continue;
    const whose = /at (?:async )?([\w.$<>]+) \(/.exec(frame)?.[1] ?? 'your code';
    own.push(`    at ${whose} (${shortly(file)}:${origin.originalLine + 1}:${origin.originalColumn + 1})`);
  }
  return [head.slice(0, 2000), ...own.slice(0, 4)].join('\n');
}

async function open({ open: scenario, source: file, url }) {
  if (source !== file) {
    source = file;
    process.argv[1] = file;
    bundled = undefined;
  }
  let made;
  try {
    made = await bundle();
  } catch (error) {
    say({ scenario, ...complaint(error, error) });
    return;
  }
  let room = PRINTED;
  const print = (text) => {
    for (const line of text.split('\n')) {
      if (room < 0) return;
      room -= line.length + 1;
      say({ scenario, printed: room < 0 ? '… (it printed more; the rest is not kept)' : line.slice(0, LINE) });
    }
  };
  const dom = new JSDOM('<!doctype html><title>Socketlings</title><body></body>', {
    url,
    runScripts: 'outside-only',
    pretendToBeVisual: true,
    virtualConsole: consoleOf(print, made.map),
  });
  const { window } = dom;
  const page = { window, url, print, map: made.map, tell: () => {} };
  try {
    for (const script of made.scripts) script.runInContext(dom.getInternalVMContext());
  } catch (error) {
    say({ scenario, failed: words(error, made.map) });
    window.close();
    return;
  }
  page.host = window[HOST];
  const strange = page.host.take(window[PROGRAM], (value) => inspect(value, { depth: 0 }));
  if (strange) {
    say({ scenario, failed: `${strange}; the host looks for \`export default function\` and a component` });
    window.close();
    return;
  }
  page.fell = (error) => {
    const told = words(error, made.map);
    print(told);
    say({ scenario, fell: `${OFF}\n${told}` });
  };
  watch(scenario, page);
  windows.set(scenario, page);
  say({ scenario, ready: true });
}

function consoleOf(print, map) {
  const console = new VirtualConsole();
  for (const level of ['log', 'info', 'warn', 'error', 'debug']) {
    console.on(level, (...args) => {
      // React tells of an error that the boundary caught; it is told once, by the boundary.
      if (typeof args[0] === 'string' && args[0].startsWith('%o\n\n')) return;
      print(format(...args.map((arg) => (arg?.stack ? words(arg, map) : arg))));
    });
  }
  console.on('jsdomError', (error) => {
    const cause = error.cause ?? error.detail;
    print(cause ? `Uncaught ${words(cause, map)}` : String(error.message));
  });
  return console;
}

// Tells what can be read when it has changed.
function watch(scenario, page) {
  let last = '[]';
  let timer;
  page.tell = () => {
    clearTimeout(timer);
    if (!windows.has(scenario)) return;
    timer = undefined;
    const lines = page.host.lines().slice(0, LINES).map((line) => line.slice(0, LINE));
    const text = JSON.stringify(lines);
    if (text !== last) say({ scenario, shows: lines });
    last = text;
  };
  const later = () => (timer ??= setTimeout(page.tell, MOMENT));
  new page.window.MutationObserver(later).observe(page.window.document.body, {
    subtree: true,
    childList: true,
    characterData: true,
    attributeFilter: ['hidden', 'style'],
  });
}

async function rest() {
  for (let turn = 0; turn < RESTS; turn += 1) {
    await new Promise((resolve) => setTimeout(resolve, 1));
    await new Promise(setImmediate);
  }
}

// Objects of the page are made in the page: a list of another realm is no list for some code.
const inPage = (window, value) => window.JSON.parse(JSON.stringify(value));

async function perform(page, { mount, props, unmount, click, type }) {
  const { host, window, url } = page;
  if (mount) host.mount({ ...inPage(window, mount), url }, page.fell);
  if (props) host.update({ ...inPage(window, props), url });
  if (unmount) host.unmount();
  if (click !== undefined) return host.click(click);
  if (type) return host.type(...type);
  return undefined;
}

async function ask(request) {
  const page = windows.get(request.page);
  if (!page) return;
  let hindrance;
  try {
    hindrance = request.rest ? await rest() : await perform(page, request);
  } catch (error) {
    page.fell(error);
  }
  page.tell();
  say({ scenario: request.page, id: request.id, [hindrance ?? 'done']: true });
}

function close(scenario) {
  const page = windows.get(scenario);
  windows.delete(scenario);
  page?.window.close();
}

// A promise of a page that fails unheard is told by a browser's console, and nothing else happens.
process.on('unhandledRejection', (reason) => {
  for (const { window, map, print } of windows.values()) {
    if (reason instanceof window.Object) print(`Uncaught (in promise) ${words(reason, map)}`);
  }
});

let unread = '';
control.setEncoding('utf8').on('data', (text) => {
  const lines = (unread + text).split('\n');
  unread = lines.pop();
  for (const line of lines) {
    const request = JSON.parse(line);
    if ('open' in request) open(request);
    if ('page' in request) ask(request);
    if ('close' in request) close(request.close);
  }
});
