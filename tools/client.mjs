// The client of Socket.IO as small as our pages need it: what `bundle.mjs` puts in the place of files of it. The build
// fails when one that is replaced is not there any more.
import { readFile } from "node:fs/promises";
import { dirname } from "node:path";

const CLIENT = /[\\/]((?:socket|engine)\.io-(?:client|parser)|component-emitter)[\\/].*[\\/]([\w-]+(?:\.browser)?)\.js$/;
/** @type {Record<string, string>} */
const INSTEAD = {
  webtransport: "export class WT {}",
  util: `
    export const installTimerFunctions = (each) => {
      each.setTimeoutFn = setTimeout.bind(globalThis);
      each.clearTimeoutFn = clearTimeout.bind(globalThis);
    };
    export const byteLength = (text) => new TextEncoder().encode(text).length;
    export const randomString = () => Math.random().toString(36).slice(2);`,
  globals: `
    export const nextTick = (call) => queueMicrotask(call);
    export const defaultBinaryType = "arraybuffer";
    export const createCookieJar = () => {};`,
  "component-emitter": `
    export class Emitter {
      calls = Object.create(null);
      on(event, call) {
        (this.calls[event] ??= []).push(call);
        return this;
      }
      once(event, call) {
        const once = (...said) => {
          this.off(event, once);
          call.apply(this, said);
        };
        once.fn = call;
        return this.on(event, once);
      }
      off(event, call) {
        if (event === undefined) this.calls = Object.create(null);
        else this.calls[event] = call && this.listeners(event).filter((each) => each !== call && each.fn !== call);
        return this;
      }
      emit(event, ...said) {
        for (const call of [...this.listeners(event)]) call.apply(this, said);
        return this;
      }
      listeners(event) {
        return this.calls[event] ?? [];
      }
    }
    const { off, emit } = Emitter.prototype;
    Object.assign(Emitter.prototype, { emitReserved: emit, removeListener: off, removeAllListeners: off });`,
  backo2: `
    export class Backoff {
      attempts = 0;
      constructor({ min, max, jitter }) {
        Object.assign(this, { ms: min, max, jitter });
      }
      duration() {
        const pause = this.ms * 2 ** this.attempts++;
        return Math.min(this.max, pause * (1 + this.jitter * (2 * Math.random() - 1)));
      }
      reset() {
        this.attempts = 0;
      }
      setMin(ms) {
        this.ms = ms;
      }
    }`,
  // It goes on with the socket that first_socket.js has opened, when that is not lost.
  websocket: `
    import { encodePacket } from "engine.io-parser";
    import { nextTick } from "../globals.node.js";
    import { Transport } from "../transport.js";
    const OPEN = 1;
    export class WS extends Transport {
      get name() {
        return "websocket";
      }
      doOpen() {
        const [early, said] = window.takeSocket?.() ?? [];
        const isOpen = early?.readyState === OPEN;
        const ws = (this.ws = early?.readyState > OPEN || !early ? new WebSocket(this.createUri(this.opts.secure ? "wss" : "ws", this.query)) : early);
        ws.onopen = () => this.onOpen();
        ws.onclose = (context) => this.onClose({ context });
        ws.onmessage = ({ data }) => this.onData(data);
        ws.onerror = (context) => this.onError("websocket error", context);
        // Once everybody listens to this transport.
        if (isOpen) nextTick(() => this.ws === ws && [this.onOpen(), ...said.map(ws.onmessage)]);
      }
      write(packets) {
        this.writable = false;
        for (const packet of packets) encodePacket(packet, true, (text) => this.ws.send(text));
        nextTick(() => {
          this.writable = true;
          this.emitReserved("drain");
        }, this.setTimeoutFn);
      }
      doClose() {
        if (!this.ws) return;
        this.ws.onerror = () => {};
        this.ws.close();
        this.ws = undefined;
      }
    }`,
  "polling-xhr": 'export { Fetch as XHR } from "./polling-fetch.js";',
  parseuri: `
    export const parse = (source) => {
      const { protocol, hostname, port, pathname } = new URL(source);
      return { source, protocol: protocol.slice(0, -1), host: hostname.replace(/[[\\]]/g, ""), port, path: pathname };
    };`,
  "encodePacket.browser": `
    import { PACKET_TYPES } from "./commons.js";
    export const encodePacket = ({ type, data }, _, tell) => tell(PACKET_TYPES[type] + (data || ""));
    export const encodePacketToBinary = undefined;`,
  "decodePacket.browser": `
    import { ERROR_PACKET, PACKET_TYPES_REVERSE } from "./commons.js";
    export const decodePacket = (text) => {
      const type = PACKET_TYPES_REVERSE[typeof text === "string" && text[0]];
      return type ? { type, data: text.length > 1 ? text.slice(1) : undefined } : ERROR_PACKET;
    };`,
  url: 'export const url = () => ({ source: location.origin, id: location.origin, path: "/" });',
  parseqs: `
    export const encode = (query) => new URLSearchParams(query).toString();
    export const decode = (text) => Object.fromEntries(new URLSearchParams(text));`,
  "socket.io-parser": `
    import { Emitter } from "@socket.io/component-emitter";
    export const protocol = 5;
    export const PacketType = { CONNECT: 0, DISCONNECT: 1, EVENT: 2, ACK: 3, CONNECT_ERROR: 4 };
    const PACKET = /^([0-4])(\\d*)(.*)$/s;
    export class Encoder {
      encode({ type, id = "", data }) {
        return [type + String(id) + (data === undefined ? "" : JSON.stringify(data))];
      }
    }
    export class Decoder extends Emitter {
      add(text) {
        const [, type, id, data] = PACKET.exec(text);
        this.emitReserved("decoded", { nsp: "/", type: Number(type), id: id ? Number(id) : undefined, data: data ? JSON.parse(data) : undefined });
      }
      destroy() {}
    }`,
};

// Methods to which nothing of ours ever comes: `connection.js` upgrades no long polling, and sends again by itself.
/** @type {Record<string, string[]>} */
const UNUSED = {
  "engine.io-client/socket": ["_probe"],
  "socket.io-client/socket": ["_addToQueue", "_drainQueue", "prependAny", "offAny", "listenersAny", "onAnyOutgoing",
    "prependAnyOutgoing", "offAnyOutgoing", "listenersAnyOutgoing", "notifyOutgoingListeners"],
};

/** @param {string} text @param {string} method */
function emptied(text, method) {
  const whole = new RegExp(`(?<=^ {4}${method}\\().*?^ {4}\\}$`, "ms");
  if (!whole.test(text)) throw new Error(`socket.io-client has no method ${method} any more: look what became of it`);
  return text.replace(whole, ") {}");
}

/**
 * Of the client of Socket.IO what we use: no WebTransport, nothing but text in messages, and what browsers have themselves.
 * @param {string} root
 */
export const client = (root) => ({
  name: "client",
  /** @param {import("esbuild").PluginBuild} build */
  setup(build) {
    build.onResolve({ filter: /vendor\/socket\.io\.esm\.min\.js$/ }, () => build.resolve("socket.io-client", { kind: "import-statement", resolveDir: root }));
    const left = new Set(Object.keys(INSTEAD));
    build.onLoad({ filter: CLIENT }, async ({ path }) => {
      const [, of, file] = CLIENT.exec(path) ?? [];
      const name = file === "index" ? of : file;
      const unused = UNUSED[`${of}/${file}`];
      if (unused) return { contents: unused.reduce(emptied, await readFile(path, "utf8")), loader: "js" };
      if (!left.delete(name)) return undefined;
      return { contents: INSTEAD[name], loader: "js", resolveDir: dirname(path) };
    });
    build.onEnd(({ metafile }) => {
      const isThere = Object.keys(metafile?.inputs ?? {}).some((file) => file.includes("socket.io-client"));
      if (isThere && left.size) throw new Error(`socket.io-client has no ${[...left]} any more: look what became of it`);
    });
  },
});
