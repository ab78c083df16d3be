// The projector: it shows, and it passes on the keys of a clicker.
import { coverArgs, makeCommander } from "./commands.js";
import { listenKeys, showHelp, toggleFullScreen } from "./keys.js";
import { startPage } from "./page.js";

const root = document.documentElement;

/** The theme is the trainer's choice and comes with the view. @param {HTMLElement} main */
function follow(main) {
  // Only what is in the view counts: the shell around it stays.
  const { theme } = main.querySelector(":scope > *")?.dataset ?? {};
  if (theme && root.dataset.theme !== theme) root.dataset.theme = theme;
}

const SMALLEST = 0.55;

/**
 * Make `part` smaller until nothing sticks out of `frame`: nobody can scroll a projector.
 * @param {HTMLElement | null} part @param {HTMLElement | null} frame
 */
function shrink(part, frame) {
  if (!part || !frame) return;
  const tooTall = () => frame.scrollHeight > frame.clientHeight + 1;
  part.style.zoom = "";
  if (!tooTall()) return;
  let [low, high] = [SMALLEST, 1];
  for (let round = 0; round < 6; round += 1) {
    const middle = (low + high) / 2;
    part.style.zoom = String(middle);
    if (tooTall()) high = middle;
    else low = middle;
  }
  part.style.zoom = String(low);
}

function fit() {
  if (innerWidth < 800) return; // no projector: there it scrolls
  shrink(document.querySelector(".stage-kind"), document.querySelector(".stage"));
  shrink(document.querySelector(".agenda"), document.querySelector(".side"));
}
addEventListener("resize", fit);
document.fonts?.ready.then(fit);

/** @type {Command} */
let command = () => Promise.resolve(false);
const link = startPage("screen", {
  tools: () => ({ command: (name, args) => command(name, args) }),
  onShown(main) {
    follow(main);
    fit();
  },
});
command = makeCommander(link);
listenKeys({
  next: () => command("next"),
  back: () => command("back"),
  cover: () => command("cover", coverArgs()),
  join: () => command("join"),
  full: toggleFullScreen,
  help: showHelp,
});

/** A projector must not fall asleep. Browsers allow this on secure pages only. */
async function stayAwake() {
  if (document.visibilityState !== "visible") return;
  await navigator.wakeLock?.request("screen").catch(() => {});
}
document.addEventListener("visibilitychange", stayAwake);
stayAwake();

/** @type {number} */
let resting;
addEventListener("pointermove", () => {
  root.classList.remove("is-resting");
  clearTimeout(resting);
  resting = setTimeout(() => root.classList.add("is-resting"), 3000);
});
