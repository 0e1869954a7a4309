// The official client for carrier_node.rs. argv: node_modules, URL, transports (comma separated). Prints what it sees.
import { createRequire } from "node:module";
import { join } from "node:path";

const [, , modules, url, transports] = process.argv;
const { io } = createRequire(join(modules, "x.js"))("socket.io-client");
const options = { reconnectionDelay: 1, reconnectionDelayMax: 2, auth: { token: "t" }, query: { room: "é" } };
if (transports !== "default") options.transports = transports.split(",");
const socket = io(url, options);
const say = (...words) => console.log(words.join(" "));

socket.io.once("open", () => {
  socket.io.engine.on("upgrade", (transport) => say("upgraded to", transport.name));
});
socket.on("connect", () => {
  say("connected over", socket.io.engine.transport.name);
  socket.emit("hello", "é", { n: 1 }, (answer) => say("answer", JSON.stringify(answer)));
});
socket.on("disconnect", (reason) => say("disconnected:", reason));
socket.on("question", (value, answer) => answer({ got: value }));
socket.on("bytes", (value) => {
  say("bytes", Buffer.isBuffer(value), value.length);
  socket.emit("bytes", value);
});
socket.on("leave", () => socket.disconnect());
