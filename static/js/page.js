// What every live page does: connect, show the views that come, and bring the kinds' own behaviour to life.
import { connect } from "./connection.js";
import { enhanceCounters } from "./counter.js";
import { morph, ownIn, touchChanged } from "./morph.js";
import { enhanceRoles } from "./role.js";
import { showConnection } from "./status.js";
import { takeButtons, takeForms } from "./takeover.js";
import { enhanceTimers } from "./timer.js";
import { say } from "./toast.js";

/** Behaviours are modules of kinds with `enhance(root, {command})`; one that fails leaves the others alone. */
async function loadBehaviours(main) {
  const urls = JSON.parse(main.dataset.behaviours || "[]");
  const loaded = await Promise.allSettled(urls.map((url) => import(url)));
  for (const { reason } of loaded) if (reason) console.error(reason);
  return loaded.map(({ value }) => value?.enhance).filter(Boolean);
}

/**
 * Start a live page. `tools(link)` gives what behaviours may use; `onShown(root)` is called after every
 * change of the page; `onOnline` after every connection, `onRefused(reason)` instead, `onEnded` once the page was
 * emptied. Returns the link to the server.
 */
export function startPage(role, { tools = () => ({}), onShown = () => {}, onOnline = () => {}, onRefused, onEnded = () => {} } = {}) {
  const main = document.getElementById("view");
  let behaviours = [];
  let view = null;
  let own = ownIn(main); // the private fragment of this phone, blank when it has none
  let met; // called at the first connection
  const connected = new Promise((resolve) => (met = resolve));
  touchChanged(main);

  const shown = () => {
    enhanceTimers(main);
    enhanceCounters(main);
    enhanceRoles(main);
    for (const enhance of behaviours) {
      try {
        enhance(main, tools(link));
      } catch (error) {
        console.error(error);
      }
    }
    onShown(main);
  };
  const show = () => {
    morph(main, view.html, own);
    shown();
  };
  const link = connect({
    path: main.dataset.socketPath,
    meeting: main.dataset.meeting,
    role,
    onView(message) {
      view = message;
      show();
    },
    onOwn(message) {
      own = message;
      if (view?.key === own.key) show();
    },
    onEnded(html) {
      for (const dialog of document.querySelectorAll("dialog[open]")) dialog.close("no");
      say("");
      main.innerHTML = html;
      onEnded();
    },
    onState: showConnection,
    onOnline() {
      met();
      onOnline();
    },
    onRefused,
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
  return link;
}
