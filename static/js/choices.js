// Forms that send themselves when something is chosen. Who listens on the network cannot read what is sent, but can
// count how often; and arrow keys choose whatever lies on the way to what is meant, so that the fifth choice would
// take four messages. So what is chosen with keys is sent once: when its person is done choosing. A tap is sent at once.
import { around } from "./elements.js";

const PAUSE = 2000;
/** These choose what has the focus, and nothing on the way to it. */
const SURE = new Set([" ", "Enter"]);

/**
 * `send(form)` sends what was chosen, `hold(form)` keeps it to be sent, in the place of what it held before, and
 * `release()` sends what is held: at once, for the page may be about to go. Returns `look()`, for after each change of
 * the page: a form that went away is done with.
 * @param {string} selector
 * @param {{send: (form: HTMLFormElement) => void, hold: (form: HTMLFormElement) => void, release: () => void}} does
 */
export function watchChoices(selector, { send, hold, release }) {
  let pressed = ""; // the key that is down
  /** @type {HTMLFormElement | null} */
  let held = null; // the form of which a choice is held
  let timer = 0;

  function done() {
    clearTimeout(timer);
    if (!held) return;
    held = null;
    release();
  }

  function wait() {
    clearTimeout(timer);
    timer = setTimeout(done, PAUSE);
  }

  document.addEventListener(
    "keydown",
    (event) => {
      pressed = event.key;
      if (!held) return;
      // Enter would send the form a second time.
      if (event.key === "Enter" && event.target instanceof Node && held.contains(event.target)) event.preventDefault();
      if (SURE.has(event.key)) done();
      else wait();
    },
    true,
  );
  const letGo = () => (pressed = "");
  document.addEventListener("keyup", letGo, true);
  document.addEventListener("pointerdown", letGo, true);
  document.addEventListener("change", (event) => {
    const form = around(event, "form");
    if (!form?.matches(selector)) return;
    if (held !== form) done();
    if (pressed && !SURE.has(pressed)) {
      held = form;
      wait();
      hold(form);
    } else {
      clearTimeout(timer);
      held = null;
      send(form);
    }
  });
  document.addEventListener("focusout", ({ relatedTarget }) => (relatedTarget instanceof Node && held?.contains(relatedTarget)) || done());
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && done());
  addEventListener("pagehide", done);

  return { look: () => held?.isConnected || done() };
}
