// The page on which a phone gets an agreement from another one. What it gets stands behind the # of the address,
// which goes away at once; only its owner's press puts it into the notebook. The page shows it for as long as somebody
// looks at it.
import { agreementIn, notesOf } from "./agreement.js";
import { the } from "./elements.js";
import { openNotebook, readBooks } from "./notebook.js";
import { inWords, isDay } from "./notebook_view.js";
import { onLeft } from "./presence.js";

const PATIENCE = 5 * 60_000;

const button = the("[data-keep-it]");
const rows = [...document.querySelectorAll("[data-row]")];
const labels = rows.map((row) => the("dt", row).textContent);
/** @type {Agreement | null} */
let agreement = null;
let shown = "";
/** When the page went out of sight, by the clock of the phone: timers stand still while it sleeps. */
let unseen = Infinity;

/** One of: none, ready, no-book, kept, done. @param {string} now */
function show(now) {
  shown = now;
  for (const part of document.querySelectorAll("[data-when]")) part.hidden = !part.dataset.when?.split(" ").includes(now);
}

/** The notebook of this agreement, when it is on this phone. @param {Agreement} found */
const bookOf = async (found) => (await readBooks()).find(({ book }) => book.id === found.book);

async function look() {
  const found = agreementIn(location.hash);
  history.replaceState(null, "", location.pathname);
  agreement = found;
  if (!found) {
    show("none");
    return;
  }
  for (const [place, row] of rows.entries()) {
    const value = found.values[place];
    the("dd", row).textContent = isDay(value) ? inWords(value) : value;
    row.hidden = !value;
  }
  const shelf = await bookOf(found);
  if (agreement !== found) return;
  const names = new Set(notesOf(found, labels).map(({ name }) => name));
  the("[data-replaces]").hidden = !shelf?.notes.some(({ name, value }) => names.has(name) && value.trim());
  show(shelf ? "ready" : "no-book");
}

/** No word of it is on the page, or known to it, any more. */
function empty() {
  agreement = null;
  for (const row of rows) the("dd", row).textContent = "";
  show(shown === "kept" || shown === "done" ? "done" : "none");
}

const emptyInTime = () => Date.now() - unseen >= PATIENCE && empty();

function onSight() {
  if (document.visibilityState === "hidden") {
    unseen = Date.now();
    setTimeout(emptyInTime, PATIENCE);
  } else {
    emptyInTime();
    unseen = Infinity;
  }
}

button.addEventListener("click", async () => {
  const found = agreement;
  const shelf = found && (await bookOf(found));
  if (!found || !shelf) return;
  const notebook = await openNotebook(shelf.book);
  await notebook.put(...notesOf(found, labels));
  show(agreement ? "kept" : "done");
  the("[data-done]").focus();
});
// The same page may be asked for another one.
addEventListener("hashchange", () => location.hash && look());
document.addEventListener("visibilitychange", onSight);
addEventListener("pagehide", empty);
onLeft(empty);
look();
