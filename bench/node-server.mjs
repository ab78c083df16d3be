// The yardstick: a bare socket.io 4 server that does in memory what Kwartier does, without keeping anything.
// Arguments: the size of a view in bytes. Prints its port on the first line.
import { createServer } from "node:http";
import { Server } from "socket.io";

const PHONES = "phone";
const SCREENS = "screen";
const TICK_MS = 2000;

const padding = "x".repeat(Number(process.argv[2] ?? 2000));
const http = createServer();
const io = new Server(http, {
  transports: ["websocket", "polling"],
  maxHttpBufferSize: 16 * 1024,
  perMessageDeflate: false,
  serveClient: false,
});

let version = 1;
let timer = null;
const votes = new Map();

const view = (extra = "") => ({ version, key: "step/item", html: `<p>${padding}</p>${extra}` });

function showCount() {
  timer = null;
  io.to(SCREENS).emit("view", view(`<b data-count="${votes.size}"></b>`));
}

io.use((socket, next) => {
  const { cookie } = socket.handshake.headers;
  if (!cookie?.includes("kwartier_")) return next(new Error("who are you"));
  socket.data.token = cookie;
  next();
});

io.on("connection", (socket) => {
  const role = socket.handshake.auth.role;
  socket.join(role);
  socket.emit("view", view());
  socket.on("post", (post, ack) => {
    if (typeof post?.id !== "string" || typeof post.form !== "object") return ack({ ok: false });
    votes.set(socket.data.token, post);
    timer ??= setTimeout(showCount, TICK_MS - (performance.now() % TICK_MS));
    ack({ ok: true });
  });
  socket.on("command", (command, ack) => {
    version += 1;
    const result = command.name === "do:show" ? `<b data-total="${votes.size}"></b>` : "";
    if (!result) votes.clear();
    for (const room of [PHONES, SCREENS, "control"]) io.to(room).emit("view", view(result));
    ack({ ok: true });
  });
});

http.listen({ port: 0, host: "127.0.0.1", backlog: 4096 }, () => console.log(http.address().port));
