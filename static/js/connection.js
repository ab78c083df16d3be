// One socket for one view: it says when the server is gone, and never shows an older view after a newer.
import { io } from "../vendor/socket.io.esm.min.js";
import { around } from "./elements.js";
import { inside } from "./framed.js";
import { padMessages, sized } from "./padding.js";
import { EVENTS, LONGEST_PLACE } from "./protocol.gen.js";

const WAKE_TIMEOUT = 2000;
const ACK_TIMEOUT = 8000;
const QUIET = 1200; // a hiccup shorter than this is not worth a word
const RETRY_REFUSED = 10000;
// A connection that was lost is tried again at once, and then after pauses that grow: after a restart of the server
// everybody must be back within seconds, and not in the same moment.
const AT_ONCE = 50;
const PAUSE = 400;
const LONGEST_PAUSE = 5000;

/** What `send` answers when the server did not: the caller may try again. @type {Answer} */
const NO_ANSWER = { ok: false, retry: true, message: "Geen verbinding. Probeer het zo nog eens." };
/** The same when this page was told to stop: somebody who pressed 'stop' is told nothing of a connection. @type {Answer} */
const OVER = { ...NO_ANSWER, over: true };

/** @param {number} most */
const jitter = (most) => Math.random() * most;

/**
 * Connect a page. `place` gives the table that it is at, '' for the whole meeting, and `has` the mark of the view that came with it. `onView` and `onOwn` get messages that are not outdated, `onState` gets
 * what became of the connection, `onOnline` is called after every (re)connection,
 * `onRefused` with the reason of the server that does not let this page in, and `onEnded` once, when this page
 * may not show the meeting any more, with what it shows instead. `onHeard` is called whenever the server says anything.
 * @param {Connecting} page
 * @returns {Link}
 */
export function connect({
  meeting,
  role,
  place = () => "",
  has = () => "",
  onView,
  onOwn = () => {},
  onState = () => {},
  onOnline = () => {},
  onRefused = () => {},
  onEnded = () => {},
  onHeard = () => {},
}) {
  const socket = io({
    // Asked at every connection, also when first_socket.js said it in the address; as long for every table.
    auth: (/** @type {(told: object) => void} */ tell) => tell({ meeting, role, has: has(), ...inside, place: place().padEnd(LONGEST_PLACE) }),
    transports: ["websocket", "polling"],
    tryAllTransports: true,
    withCredentials: true, // long polling needs the cookie too
    reconnectionDelay: AT_ONCE,
    reconnectionDelayMax: LONGEST_PAUSE,
    randomizationFactor: 0.5,
    timeout: 6000,
  });
  padMessages(socket);
  let seen = -1;
  let checking = false;
  let ended = false;
  let quiet = setTimeout(() => onState("offline"), 4 * QUIET);

  /** @type {ConnectionState} */
  let state = "connecting";
  /** @param {ConnectionState} next */
  const gone = (next) => {
    if (ended || state === next) return; // said already, or about to be
    state = next;
    clearTimeout(quiet);
    quiet = setTimeout(() => onState(next), QUIET);
  };
  /** The server told this page to stop: it stays empty, also when it wakes up. @param {{html: string}} instead */
  const end = ({ html }) => {
    ended = true;
    clearTimeout(quiet);
    socket.disconnect();
    onState("online");
    onEnded(html);
  };
  const reconnect = (after = jitter(1000)) => {
    socket.disconnect();
    setTimeout(() => socket.connect(), after);
  };

  // Each pause is twice the one before; the first is not the measure of the others.
  socket.io.on("reconnect_attempt", () => socket.io.reconnectionDelay(PAUSE));
  socket.io.on("ping", onHeard);
  socket.onAny(onHeard);
  socket.on("connect", () => {
    socket.io.reconnectionDelay(AT_ONCE);
    onHeard();
    seen = -1;
    state = "online";
    clearTimeout(quiet);
    onState("online");
    onOnline();
  });
  socket.on("disconnect", (reason) => {
    // The first view may come before "connect" is told, and a new server numbers from lower.
    seen = -1;
    gone("offline");
    if (reason === "io server disconnect" && !ended) setTimeout(() => socket.connect(), 1000 + jitter(2000));
  });
  socket.on("connect_error", (/** @type {Error & {data?: any}} */ { message, data }) => {
    if (data?.html) {
      end(data);
      return;
    }
    // An inactive socket was refused by the server and will not try again by itself.
    gone(socket.active ? "offline" : "refused");
    if (!socket.active) onRefused(message);
    if (!socket.active) setTimeout(() => socket.connect(), RETRY_REFUSED + jitter(RETRY_REFUSED));
  });
  socket.on(EVENTS.VIEW, (view) => {
    if (view.version < seen) return;
    seen = view.version;
    onView(view);
  });
  socket.on(EVENTS.OWN, (own) => onOwn(own));
  socket.on(EVENTS.ENDED, end);

  /** A phone that slept may believe that it is connected: ask, and connect anew when nothing comes back. */
  function wake() {
    if (document.visibilityState === "hidden" || checking || ended) return;
    if (!socket.connected) {
      reconnect(jitter(300));
      return;
    }
    checking = true;
    socket.timeout(WAKE_TIMEOUT).emit(EVENTS.HELLO, {}, (/** @type {Error | null} */ error) => {
      checking = false;
      if (error) reconnect();
    });
  }
  document.addEventListener("visibilitychange", wake);
  addEventListener("pageshow", (event) => event.persisted && wake());
  addEventListener("online", wake);
  addEventListener("offline", () => gone("offline"));
  // Somebody does not want to wait for the end of a pause.
  document.addEventListener("click", (event) => {
    if (!around(event, "[data-retry]") || ended || socket.connected) return;
    socket.disconnect();
    socket.connect();
  });

  return {
    /** Let the server say everything anew. */
    renew() {
      if (socket.connected) reconnect(0);
    },
    /**
     * Send one message, filled up to `size` bytes; resolves to the server's answer, or to a retryable refusal
     * when there is none.
     */
    send(event, data, size = 0) {
      if (!socket.connected) return Promise.resolve(NO_ANSWER);
      const answer = socket.timeout(ACK_TIMEOUT).emitWithAck(event, sized(data, size));
      return answer.then(
        (said) => said || NO_ANSWER,
        () => (ended ? OVER : NO_ANSWER),
      );
    },
  };
}
