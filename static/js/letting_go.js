// When this phone lets go of its meeting, nothing of it stays: on the disk, in the page, or as a cookie.
import { ask } from "./confirm.js";
import { the } from "./elements.js";
import { forgetGroup } from "./group.js";
import { forgetRoles } from "./my_role.js";
import { watchClock } from "./reach.js";
import { say } from "./toast.js";

const QUESTION =
  "Weg uit deze bijeenkomst? Wat je al instuurde, blijft staan zonder naam. " +
  "Je kunt het dan niet meer veranderen of weghalen. Tekst die niet verstuurd is, raak je kwijt.";
const SPREAD = 3000;
// So long its owner can say that a phone is theirs, when the meeting is over.
const UNSAID = 30 * 60_000;
const OFFLINE = "Geen verbinding. Wat je typte is gewist. Laat deze pagina open, dan ben je zo helemaal weg.";
export const LOST = "Er stond nog tekst op deze telefoon die niet verstuurd was. Die is nu gewist.";

/** What lies over the page has words of its own; a code that is handed over needs no meeting. @param {string} kept */
function closeDialogs(kept = "") {
  for (const dialog of document.querySelectorAll("dialog[open]")) if (!kept || !dialog.matches(kept)) dialog.close("no");
}

/** Empty what a browser could restore or show again; the fields of the notebook are not ours to empty. */
function emptyPage() {
  history.replaceState(null, "");
  for (const field of document.querySelectorAll("input:not([type='hidden']), textarea")) {
    if (field.dataset.keep !== undefined) continue;
    if (field instanceof HTMLInputElement && field.matches("[type='radio'], [type='checkbox']")) field.checked = false;
    else field.value = field.defaultValue = "";
  }
}

/**
 * The server forgets the phone, and the browser its cookie. False when there is no answer.
 * @param {string} address
 */
async function forgetPhone(address) {
  return fetch(address, { method: "POST", keepalive: true }).then(
    (answer) => answer.ok,
    () => false,
  );
}

/**
 * `outbox()` gives the outbox once there is one, `notebook()` the notebook of the page when it has one, and `presence`
 * is of this phone. Returns `over()`, for a page that finds
 * that its meeting is over, `gone()`, for one whose phone is no part of it, `hasLeft()`: in this tab or another, then
 * nothing may be sent or shown; `leave()`, also to go on with it where it had to wait for a connection; and
 * `lose(instead)`, to leave a meeting that is out of reach, with what the page shows instead.
 * @param {() => Promise<import("./outbox.js").Outbox>} outbox
 * @param {() => {isMine(): boolean, isGuest(): boolean, isWritten(): boolean, close(): void} | null} notebook
 * @param {import("./presence.js").Presence} presence
 */
export function letGo(outbox, notebook, presence) {
  const button = the("[data-leave]");
  const { leave: address = "", next = "" } = button.dataset;
  const view = the("#view");
  const hadLock = Boolean(view.dataset.lock);
  let wiped = false;
  let leaving = false;

  /** What its owner can go on with after the meeting, until the page goes. */
  function putAway() {
    closeDialogs();
    notebook()?.close();
  }

  /** Everything that a phone has of its meeting. */
  async function wipe() {
    wiped = true;
    emptyPage();
    forgetGroup();
    forgetRoles();
    delete view.dataset.lock;
    const box = await outbox();
    const { storage } = box;
    const lost = [...storage.all(), ...storage.drafts()].some(({ text }) => text);
    await box.wipe();
    return lost;
  }

  async function leave(instead = "") {
    leaving = true;
    presence.end();
    view.innerHTML = instead;
    putAway();
    await wipe();
    // In the place of this page, so that 'back' does not show it.
    if (await forgetPhone(address)) {
      presence.forget();
      location.replace(next);
    } else if (!instead) say(OFFLINE, { lasting: true });
  }

  button.addEventListener("click", async () => {
    if (await ask(QUESTION)) await leave();
  });
  presence.onOver(() => leaving || wiped || leave());

  return {
    leave,
    /**
     * Nobody asked for it: the meeting is out of reach for so long that it is over.
     * @param {string} instead
     */
    lose(instead) {
      if (leaving) return;
      button.hidden = true;
      if (!wiped) leave(instead);
      else if (!notebook()?.isMine()) putAway();
    },
    hasLeft() {
      if (!leaving && !wiped && presence.isOver()) leave();
      return leaving;
    },
    async over() {
      if (wiped) return;
      button.hidden = true;
      const book = notebook();
      const isLent = book?.isGuest() ?? false;
      const lost = isLent && book?.isWritten();
      if (isLent) putAway();
      else closeDialogs("#hand-over");
      // Whatever the server goes on to answer.
      watchClock((passed) => passed >= UNSAID && !notebook()?.isMine() && putAway());
      if ((await wipe()) || lost) say(LOST, { lasting: true });
      // A whole room does this at the same moment.
      // What the group shares can still be read here, unless the phone is somebody else's.
      setTimeout(() => forgetPhone(isLent ? address : `${address}?gesloten`), Math.random() * SPREAD);
      // Other tabs see the end by themselves, and a page that comes when it is over has none to wait for.
      if (hadLock) setTimeout(presence.forget, SPREAD);
      else presence.forget();
      addEventListener("pagehide", presence.forget);
    },
    async gone() {
      presence.forget();
      putAway();
      await wipe();
      view.replaceChildren();
      location.replace(next);
    },
  };
}
