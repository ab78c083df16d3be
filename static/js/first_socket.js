// The socket of a live page opens before the rest of the page is there: on a slow network the answer comes while its
// scripts begin. What the server says meanwhile is kept for them (`tools/bundle.mjs` lets the client ask for it).
import { inside } from "./framed.js";

export function openSocket() {
  const { meeting = "", role = "", mark: has = "", place } = document.documentElement.dataset;
  // Who this page is, as its CONNECT says too: that saves a way to the server and back. No address says a table.
  const who = place ? {} : { meeting, role, has, ...inside };
  const address = new URLSearchParams({ EIO: "4", transport: "websocket", ...who });
  /** @type {MessageEvent[]} */
  const said = [];
  const socket = new WebSocket(`${location.origin.replace("http", "ws")}/socket.io/?${address}`);
  socket.onmessage = (message) => void said.push(message);
  window.takeSocket = () => {
    delete window.takeSocket;
    return [socket, said];
  };
}
