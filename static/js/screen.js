// The projector: it shows, and it passes on the keys of a clicker.
import { makeBell } from "./bell.js";
import { enhanceClocks } from "./clock.js";
import { makeCommander } from "./commands.js";
import { the } from "./elements.js";
import { fit } from "./fit.js";
import { isFullScreen, listenRoomKeys } from "./keys.js";
import { makeMoving } from "./moving_in.js";
import { startPage } from "./page.js";
import { showConnection } from "./status.js";

const NEWER = "Er is een nieuwe versie van Kwartier. Druk op F, en straks weer op F.";
const root = document.documentElement;

/** The theme is the trainer's choice and comes with the view. @param {HTMLElement} main */
function follow(main) {
  // Only what is in the view counts: the shell around it stays.
  const { theme } = main.querySelector(":scope > *")?.dataset ?? {};
  if (theme && root.dataset.theme !== theme) root.dataset.theme = theme;
}

const main = the("#view");
const moveIn = makeMoving(main);
const lookForBell = makeBell(main);
const fitNow = () => fit(main);
// After everything has its new size, and before it is drawn.
new ResizeObserver(fitNow).observe(main);
// A weight of the font is fetched when the first words of it are there.
document.fonts?.addEventListener("loadingdone", fitNow);
// A picture has its size once it is there; `load` does not bubble.
main.addEventListener("load", fitNow, true);

/** No page that loads itself anew goes back to full screen: somebody must press. The room has nothing to do with it. */
function onOld() {
  if (isFullScreen()) showConnection("old", NEWER);
  else showConnection("online");
  document.onfullscreenchange = () => (isFullScreen() ? onOld() : location.reload());
}

/** @type {Command} */
let command = () => Promise.resolve(false);
const link = startPage({
  tools: () => ({ command: (name, args) => command(name, args) }),
  onShown() {
    follow(main);
    enhanceClocks(main);
    lookForBell();
    fitNow();
    moveIn();
  },
  holds: isFullScreen,
  onOld,
});
command = makeCommander(link);
listenRoomKeys(command);

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
