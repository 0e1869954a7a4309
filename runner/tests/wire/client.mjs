// The official client for same.rs: does everything once and writes down all that it sees.
// argv: node_modules, URL, transports (comma separated, or default), how it ends.
import { createRequire } from "node:module";
import { join } from "node:path";
import { setTimeout as later } from "node:timers/promises";

const [, , modules, url, transports, ending] = process.argv;
const { io } = createRequire(join(modules, "x.js"))("socket.io-client");
const options = {
  auth: { token: "t" },
  query: { room: "é & b" },
  extraHeaders: { authorization: "Bearer x", "x-case": "Kept" },
  reconnectionAttempts: 2,
  reconnectionDelay: 1,
  reconnectionDelayMax: 2,
};
if (transports !== "default") options.transports = transports.split(",");
const say = (...words) => console.log(JSON.stringify(words));
const shape = (value) =>
  Buffer.isBuffer(value)
    ? `bytes ${value.length}`
    : typeof value === "string" && value.length > 200
      ? `text ${value.length}`
      : Array.isArray(value)
        ? value.map(shape)
        : value;
const once = (emitter, event) => new Promise((done) => emitter.once(event, (...args) => done(args)));

const main = io(url, options);
const manager = main.io;
manager.on("open", () => {
  const { engine } = manager;
  say("engine opens over", engine.transport.name);
  engine.on("packet", (packet) => packet.type !== "noop" && say("engine hears", packet.type, shape(mask(packet.data))));
  engine.on("close", (reason, description) => say("engine ends", reason, describe(description)));
  engine.on("upgrade", (transport) => say("moved to", transport.name));
});
manager.on("reconnect_error", (error) => say("reconnect fails", error.message, describe(error)));
const mask = (data) => (typeof data === "string" ? data.replace(/"(sid|pid)":"[^"]*"/g, '"$1":""') : (data ?? ""));
const describe = (error) => {
  const cause = error?.description;
  return cause === undefined ? String(error ?? "") : [error.message, cause.code ?? cause.message ?? String(cause.type ?? cause)];
};
const watch = (name, socket) => {
  socket.on("connect", () => say(name, "connected"));
  socket.on("connect_error", (error) => say(name, "refused", error.message, error.data ?? null, describe(error)));
  socket.on("disconnect", (reason, description) => say(name, "left", reason, describe(description)));
  socket.onAny((event, ...args) => say(name, "hears", event, shape(args.filter((arg) => typeof arg !== "function"))));
  socket.on("question", (value, answer) => answer("because", value));
  return socket;
};
watch("/", main);
await once(main, "connect");
if (transports === "default") await once(manager.engine, "upgrade");

const chat = watch("/chat", manager.socket("/chat", { auth: { token: "c" } }));
await once(chat, "connect");
const staff = watch("/staff", manager.socket("/staff"));
await once(staff, "connect_error");

for (const value of ["é 🙂 \u2028", { n: 1.5, deep: [null, [true]] }, Buffer.from([0, 255, 30]), [Buffer.alloc(3), Buffer.alloc(0)]]) {
  say("answer", shape(await main.emitWithAck("echo", value)));
}
say("answer", shape(await chat.emitWithAck("echo", "x".repeat(900_000))));
say("answer", shape(await chat.emitWithAck("echo", Buffer.alloc(1_500_000, "abc"))));
chat.emit("burst");
await new Promise((done) => chat.on("one of many", (count) => count === 49 && done()));
main.emit("ask me");
await once(main, "question");
chat.emit("put me out");
await once(chat, "disconnect");

switch (ending) {
  case "leaves":
    main.disconnect();
    break;
  case "too big":
    manager.reconnection(false);
    main.emit("echo", "x".repeat(11_000_000));
    await once(main, "disconnect");
    break;
  case "is cut":
    manager.reconnection(false);
    main.emit("cut me");
    await once(main, "disconnect");
    break;
  case "server goes away":
    main.emit("go away");
    await once(manager, "reconnect_failed");
    break;
}
// What the server has to say of the end comes a little later.
await later(50);
say("over");
process.exit();
