// An official server for same.rs that writes down all that it sees. argv: node_modules. First line: its port.
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";

const { Server } = createRequire(join(process.argv[2], "x.js"))("socket.io");
const http = createServer();
const io = new Server(http, {
  maxHttpBufferSize: 1e7,
  perMessageDeflate: { threshold: 100 },
  httpCompression: { threshold: 100 },
});
const say = (...words) => console.log(JSON.stringify(words));
const shape = (value) =>
  Buffer.isBuffer(value)
    ? `bytes ${value.length} ${value.reduce((sum, byte) => (sum * 31 + byte) % 65521, 1)}`
    : typeof value === "string" && value.length > 200
      ? `text ${value.length}`
      : Array.isArray(value)
        ? value.map(shape)
        : value;

io.engine.on("connection", (conn) => {
  const heard = (packet) => packet.type !== "noop" && say("engine hears", packet.type, shape(packet.data ?? ""));
  conn.on("packet", heard);
  conn.on("upgrade", (transport) => say("moved to", transport.name));
  conn.on("close", (reason, description) => say("engine ends", reason, String(description ?? "")));
});

const serve = (name) => (socket) => {
  const { "sec-websocket-key": key, host, cookie, ...headers } = socket.handshake.headers;
  const { t, sid, ...query } = socket.handshake.query;
  say(name, "connected", socket.conn.transport.name, socket.handshake.auth, query, headers, Boolean(key));
  socket.onAny((event, ...args) => say(name, "hears", event, shape(args.filter((arg) => typeof arg !== "function"))));
  socket.on("disconnect", (reason, description) => say(name, "left", reason, String(description ?? "")));
  socket.on("echo", (...args) => {
    const answer = typeof args.at(-1) === "function" ? args.pop() : undefined;
    socket.emit("echo", ...args);
    answer?.(...args);
  });
  socket.on("burst", () => {
    for (let count = 0; count < 50; count += 1) socket.emit("one of many", count, "é".repeat(count));
  });
  socket.on("ask me", async () => say(name, "answered", shape(await socket.emitWithAck("question", Buffer.from("why?")))));
  socket.on("put me out", () => socket.disconnect());
  socket.on("cut me", () => socket.disconnect(true));
  socket.on("go away", () => process.exit(0));
};
io.on("connection", serve("/"));
io.of("/chat").on("connection", serve("/chat"));
io.of("/staff").use((socket, next) => {
  const refusal = new Error("not for you");
  refusal.data = { code: 403 };
  next(refusal);
});
http.listen(0, "127.0.0.1", () => console.log(http.address().port));
