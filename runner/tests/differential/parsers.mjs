// npm's own parsers, driven over standard input and output: one JSON line in (a batch of cases), one JSON line out
// (their outcomes, in order). The first line out says which versions answer, or what is missing.
// The other side is npm.rs beside this file.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const home = process.env.SOCKETLINGS_NODE_MODULES || join(here, "../../../exercises");

// From package to package, because only socket.io itself is sure to stand at the top of node_modules.
function load() {
  const fromHome = createRequire(join(home, "any.js"));
  const fromSocketIo = createRequire(fromHome.resolve("socket.io"));
  const fromEngineIo = createRequire(fromSocketIo.resolve("engine.io"));
  return {
    socket: fromSocketIo("socket.io-parser"),
    engine: fromEngineIo("engine.io-parser"),
    versions: {
      "socket.io-parser": version(fromSocketIo.resolve("socket.io-parser"), "socket.io-parser"),
      "engine.io-parser": version(fromEngineIo.resolve("engine.io-parser"), "engine.io-parser"),
    },
  };
}

function version(file, name) {
  const root = file.slice(0, file.lastIndexOf(name) + name.length);
  return JSON.parse(readFileSync(join(root, "package.json"), "utf8")).version;
}

// Data crosses tagged, so that JSON's own reading and writing changes nothing: arrays ["a", …], objects
// ["o", key, value, …], bytes ["b", base64], numbers towards Rust ["n", digits].
const DEEP = 100;

function toTagged(value, depth = 0) {
  if (value === undefined) return ["undefined"];
  if (typeof value === "number") return ["n", String(value)];
  if (typeof value === "string") return value.isWellFormed() ? value : ["half"];
  if (value === null || typeof value !== "object") return value;
  if (Buffer.isBuffer(value)) return ["b", value.toString("base64")];
  if (depth === DEEP) return ["deep"];
  if (Array.isArray(value)) return ["a", ...value.map((item) => toTagged(item, depth + 1))];
  return ["o", ...Object.keys(value).flatMap((key) => [toTagged(key), toTagged(value[key], depth + 1)])];
}

function fromTagged(value) {
  if (!Array.isArray(value)) return value;
  const [tag, ...rest] = value;
  if (tag === "b") return Buffer.from(rest[0], "base64");
  if (tag === "a") return rest.map(fromTagged);
  const object = {};
  for (let i = 0; i < rest.length; i += 2) {
    // An assignment to `__proto__` would not make a key.
    const entry = { value: fromTagged(rest[i + 1]), enumerable: true, writable: true, configurable: true };
    Object.defineProperty(object, rest[i], entry);
  }
  return object;
}

const frameIn = (frame) => (typeof frame === "string" ? frame : Buffer.from(frame[1], "base64"));
const frameOut = (frame) => (typeof frame === "string" ? frame : ["b", frame.toString("base64")]);

const { socket, engine, versions } = await (async () => load())().catch((problem) => {
  process.stdout.write(JSON.stringify({ missing: problem.message }) + "\n");
  process.exit(0);
});
process.stdout.write(JSON.stringify({ versions }) + "\n");

const actions = {
  // A connection's frames → the packets with the number of the frame that completed each; the frame that failed.
  decode(frames) {
    const decoder = new socket.Decoder();
    const packets = [];
    let at = 0;
    decoder.on("decoded", ({ type, nsp, id, data }) => {
      const packet = { at, type, nsp };
      if (id !== undefined) packet.id = String(id);
      if (data !== undefined) packet.data = toTagged(data);
      packets.push(packet);
    });
    for (; at < frames.length; at++) {
      try {
        decoder.add(frameIn(frames[at]));
      } catch (problem) {
        return { packets, failed: at, problem: problem.message };
      }
    }
    return { packets };
  },
  encode({ type, nsp, id, data }) {
    const packet = { type, nsp, id };
    if (data !== undefined) packet.data = fromTagged(data);
    return new socket.Encoder().encode(packet).map(frameOut);
  },
  decodeEngine(frame) {
    return engineOut(engine.decodePacket(frameIn(frame)));
  },
  encodeEngine(packet) {
    let encoded;
    engine.encodePacket(engineIn(packet), true, (frame) => (encoded = frame));
    return frameOut(encoded);
  },
  decodePayload(body) {
    return engine.decodePayload(body).map(engineOut);
  },
  encodePayload(packets) {
    let encoded;
    engine.encodePayload(packets.map(engineIn), (body) => (encoded = body));
    return encoded;
  },
};

function engineIn({ type, data }) {
  return data === undefined ? { type } : { type, data: frameIn(data) };
}

function engineOut({ type, data }) {
  return data === undefined ? { type } : { type, data: frameOut(data) };
}

for await (const line of createInterface({ input: process.stdin })) {
  const { action, cases } = JSON.parse(line);
  process.stdout.write(JSON.stringify(cases.map(actions[action])) + "\n");
}
