// An official Socket.IO server for carrier_node.rs. argv: node_modules. Prints its port.
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";

const { Server } = createRequire(join(process.argv[2], "x.js"))("socket.io");
const http = createServer();
const io = new Server(http);
io.on("connection", (socket) => {
  socket.on("echo", (value, answer) => {
    socket.emit("echo", value);
    answer?.(value);
  });
  socket.on("kick", () => socket.disconnect(true));
});
http.listen(0, "127.0.0.1", () => console.log(http.address().port));
