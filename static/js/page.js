// What every live page does: connect, show the views that come, and bring the kinds' own behaviour to life.
import { connect } from "./connection.js";
import { enhanceCounters } from "./counter.js";
import { the } from "./elements.js";
import { morph, ownIn, touchChanged } from "./morph.js";
import { enhanceRoles } from "./role.js";
import { showConnection } from "./status.js";
import { takeButtons, takeForms } from "./takeover.js";
import { enhanceTimers } from "./timer.js";
import { say } from "./toast.js";

/**
 * Behaviours are modules of kinds with `enhance(root, {command})`; one that fails leaves the others alone.
 * @param {HTMLElement} main
 */
async function loadBehaviours(main) {
  /** @type {string[]} */
  const urls = JSON.parse(main.dataset.behaviours || "[]");
  const loaded = await Promise.allSettled(urls.map((url) => import(url)));
  for (const each of loaded) if (each.status === "rejected") console.error(each.reason);
  return loaded.flatMap((each) => (each.status === "fulfilled" && each.value.enhance) || []);
}

/**
 * Start a live page. `place()` gives the table of a phone; that of another page is in its address. `tools()` gives
 * what behaviours may use; `onShown(root)` is called after every
 * change of the page; `onOnline` after every connection, `onRefused(reason)` instead, `onEnded` once the page was
 * emptied, `onHeard` whenever the server says anything. Returns the link to the server, with `clear(html)`: nothing
 * that came before is on the page, or known to it, any more.
 * @param {string} role
 * @param {Page} page
 * @returns {PageLink}
 */
export function startPage(role, { place, tools = () => ({}), onShown = () => {}, onOnline = () => {}, onRefused, onEnded = () => {}, onHeard } = {}) {
  const main = the("#view");
  /** @type {Enhance[]} */
  let behaviours = [];
  /** @type {View | null} */
  let view = null;
  let own = ownIn(main); // the private fragment of this phone, blank when it has none
  let met = () => {}; // called at the first connection
  /** @type {Promise<void>} */
  const connected = new Promise((resolve) => (met = resolve));
  touchChanged(main);

  const shown = () => {
    enhanceTimers(main);
    enhanceCounters(main);
    enhanceRoles(main);
    for (const enhance of behaviours) {
      try {
        enhance(main, tools());
      } catch (error) {
        console.error(error);
      }
    }
    onShown(main);
  };
  const show = () => {
    if (view) morph(main, view.html, own);
    shown();
  };
  const clear = (/** @type {string} */ html) => {
    for (const dialog of document.querySelectorAll("dialog[open]")) dialog.close("no");
    say("");
    view = null;
    own = { key: undefined, html: "" };
    main.innerHTML = html;
  };
  const link = connect({
    path: main.dataset.socketPath,
    meeting: main.dataset.meeting,
    role,
    place: place ?? (() => main.dataset.place ?? ""),
    onView(message) {
      view = message;
      show();
    },
    onOwn(message) {
      own = message;
      if (view?.key === own.key) show();
    },
    onEnded(html) {
      clear(html);
      onEnded();
    },
    onState: showConnection,
    onOnline() {
      met();
      onOnline();
    },
    onRefused,
    onHeard,
  });
  shown();
  const enlivened = loadBehaviours(main).then((found) => {
    behaviours = found;
    if (found.length) shown();
  });
  // What was pressed before needs the server, and what behaviours add to it.
  Promise.all([connected, enlivened]).then(() => {
    takeForms(main);
    takeButtons();
  });
  return {
    ...link,
    /** @param {string} html */
    clear(html) {
      clear(html);
      shown();
      link.renew();
    },
  };
}
