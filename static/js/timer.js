// Countdowns: the server says what is left, the page counts on a clock that nobody can set.
/**
 * `left` seconds at `at`, going `pace` times as fast as seconds do; `said` is how the server put it, and `drawn` what
 * is on the page.
 * @typedef {{said: string, left: number, running: boolean, pace: number, at: number, drawn?: string | null}} Countdown
 */

/** @type {WeakMap<Element, Countdown>} */
const started = new WeakMap();

/** Seconds as m:ss or h:mm:ss; what is over time gets a plus. @param {number} seconds */
export function clockText(seconds) {
  const over = seconds < 0;
  const whole = over ? Math.floor(-seconds) : Math.ceil(seconds);
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  /** @param {number} number */
  const two = (number) => String(number).padStart(2, "0");
  const text = hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
  return over && whole ? `+${text}` : text;
}

/** @param {Countdown} countdown */
function remaining({ left, running, pace, at }) {
  return running ? left - (pace * (performance.now() - at)) / 1000 : left;
}

/** How fast the clock of the meeting runs that an element belongs to: as all clocks, but in a rehearsal. @param {Element} element */
export function paceOf(element) {
  const said = element.closest("[data-pace]")?.getAttribute("data-pace");
  return said ? Number(said) : 1;
}

/** @param {Element} element */
function draw(element) {
  const state = started.get(element);
  if (!state) return;
  const left = remaining(state);
  const words = clockText(left);
  // Old laptops paint the dial in software: only when a second has passed.
  if (state.drawn === words) return;
  state.drawn = words;
  const text = element.querySelector("[data-timer-text]");
  const fill = element.querySelector("[data-timer-fill]");
  if (text && text.textContent !== words) text.textContent = words;
  fill?.setAttribute("stroke-dasharray", `${Math.min(3600, Math.max(0, left)).toFixed(1)} 3600`);
  element.classList.toggle("is-over", left <= 0);
  element.classList.toggle("is-last", left > 0 && left <= 60);
  element.classList.toggle("is-paused", !state.running);
}

/** A bare `data-timer` of a kind gets its text; the big dial brings its own picture. @param {Element} element */
function furnish(element) {
  if (element.querySelector("[data-timer-text]")) return;
  const text = document.createElement("span");
  text.dataset.timerText = "";
  text.className = "num";
  element.append(text);
}

/** Start or correct all countdowns under `root`; to be called after every morph. @param {ParentNode} root */
export function enhanceTimers(root) {
  for (const element of root.querySelectorAll("[data-timer]")) {
    const { left, running } = element.dataset;
    if (left === undefined || left === "") continue;
    furnish(element);
    let countdown = started.get(element);
    const isRunning = running === "yes";
    const pace = paceOf(element);
    // The same message shown twice must not turn the clock back.
    if (!countdown || countdown.said !== left || countdown.running !== isRunning || countdown.pace !== pace) {
      countdown = { said: left, left: Number(left), running: isRunning, pace, at: performance.now() };
      started.set(element, countdown);
    }
    // A new view has put the server's picture in its place.
    countdown.drawn = null;
    draw(element);
  }
}

/**
 * What the countdowns under `root` have left now, and what its clocks say, in their order; `enhanceTimers` and
 * `enhanceClocks` start them from there.
 * @param {ParentNode} root @param {string[]} lefts
 */
export function setLefts(root, lefts) {
  root.querySelectorAll("[data-left], [data-clock]").forEach(({ dataset }, place) => {
    dataset[dataset.clock === undefined ? "left" : "clock"] = lefts[place];
  });
}

setInterval(() => document.querySelectorAll("[data-timer]").forEach(draw), 250);
