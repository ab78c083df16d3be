// What every live page does: connect, show the views that come, and bring the kinds' own behaviour to life.
import { behavioursOf } from "./behaviours.js";
import { connect } from "./connection.js";
import { enhanceCounters } from "./counter.js";
import { the } from "./elements.js";
import { isChanged, morph, touchChanged } from "./morph.js";
import { renewalOf } from "./renewal.js";
import { enhanceRoles } from "./role.js";
import { showConnection } from "./status.js";
import { takeButtons, takeForms } from "./takeover.js";
import { enhanceTimers, setLefts } from "./timer.js";
import { say } from "./toast.js";

/** Something that somebody typed or chose, or is about to answer, and that a page which goes takes along. */
const isBusy = () =>
  document.querySelector("dialog[open]") !== null ||
  [...document.forms].some((form) => [...form.elements].some(isChanged));

/** The HTML that the server sent: the screen is sized before this script is here. @param {HTMLElement} main */
function asItCame(main) {
  const copy = /** @type {HTMLElement} */ (main.cloneNode(true));
  for (const each of copy.querySelectorAll("[style]")) each.removeAttribute("style");
  return copy.innerHTML;
}

/**
 * Start a live page. `place()` gives the table of a phone; that of another page is in its address. `tools()` gives
 * what behaviours may use; `onShown(root)` is called after every
 * change of the page; `onOnline` after every connection, `onRefused(reason)` instead, `onEnded` once the page was
 * emptied, `onHeard` whenever the server says anything. `holds()` tells whether the page has something besides its
 * forms that must not be lost, and `onOld` is called once a newer Kwartier runs. Returns the link to the server, with
 * `clear(html)`: nothing that came before is on the page, or known to it, any more.
 * @param {Page} page
 * @returns {PageLink}
 */
export function startPage({ place, tools = () => ({}), onShown = () => {}, onOnline = () => {}, onRefused, onEnded = () => {}, onHeard, holds = () => false, onOld = () => showConnection("old") } = {}) {
  const main = the("#view");
  const { meeting, mark = "", role = "", place: here = "" } = document.documentElement.dataset;
  const behaviours = behavioursOf(main);
  const renewal = renewalOf(main.dataset.build, () => isBusy() || holds());
  /** @type {View | null} */
  let view = null;
  /** What the page came with: the server need not say it once more. @type {{mark: string, html: string} | null} */
  let first = { mark, html: asItCame(main) };
  /** The private fragment of this phone, blank when it has none. @type {Own} */
  let own = { html: "" };
  let isOld = false;
  let hasBegun = false;
  let met = () => {}; // called at the first connection
  /** @type {Promise<void>} */
  const connected = new Promise((resolve) => (met = resolve));
  touchChanged(main);

  const shown = () => {
    enhanceTimers(main);
    enhanceCounters(main);
    enhanceRoles(main);
    behaviours.enhance(tools());
    onShown(main);
  };
  /** What a kind does itself may come after its view. */
  const enliven = () => behaviours.look().then((came) => came && shown());
  const show = () => {
    if (view) morph(main, view.html, own);
    shown();
    enliven();
  };
  /** What the page came with, but for the time that is left. @param {SaidView} said */
  const sameAgain = ({ lefts = [] }) => {
    if (!first || !lefts.length) return first?.html;
    const { body } = new DOMParser().parseFromString(first.html, "text/html");
    for (const root of view ? [body] : [body, main]) setLefts(root, lefts);
    return body.innerHTML;
  };
  const clear = (/** @type {string} */ html) => {
    for (const dialog of document.querySelectorAll("dialog[open]")) dialog.close("no");
    say("");
    view = first = null;
    own = { html: "" };
    main.innerHTML = html;
  };
  const link = connect({
    meeting,
    role,
    place: place ?? (() => here),
    has: () => first?.mark ?? "",
    onView(said) {
      const html = said.html ?? sameAgain(said);
      if (html === undefined) {
        // Emptied after it told the server what it had.
        link.renew();
        return;
      }
      const isThere = said.html === undefined && !view;
      const message = { ...said, html };
      if (renewal.isNow(message, view)) {
        location.reload();
        return;
      }
      view = message;
      if (isThere) shown();
      else show();
      isOld = renewal.isOld(message);
      if (isOld) onOld();
    },
    onOwn(message) {
      own = message;
      // Blank as the page was when it came: nothing was sent from it yet, and nobody waits for what shows the same.
      if (view?.key === own.key && (hasBegun || own.html.trim())) show();
    },
    onEnded(html) {
      clear(html);
      onEnded();
    },
    onState: (state) => (isOld && state === "online" ? onOld() : showConnection(state)),
    onOnline() {
      hasBegun = true;
      met();
      onOnline();
    },
    onRefused,
    onHeard,
  });
  shown();
  // What was pressed before needs the server, and what behaviours add to it.
  Promise.all([connected, enliven()]).then(() => {
    takeForms(main);
    takeButtons();
    behaviours.fetchLater();
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
