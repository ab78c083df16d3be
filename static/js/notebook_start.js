// The notebook of a phone comes at once where something of it is on the page, and else when nothing waits for it.
const LATER = 1500;
const WANTED = "[data-keep], [data-agreement], [data-over]";

/** @typedef {typeof import("./notebook_part.js")} Part */

/**
 * `share(texts)` sends what its owner picked, and `hasLeft()` tells whether this phone may show nothing any more.
 * Returns `look()`, for after each change of the page, `fetchLater()`, `here()`, what `startKeeping` gave once it is
 * there, and `holds()`, when something of it would be gone with the page.
 * @param {HTMLElement} main
 * @param {{share: (texts: string[]) => Promise<void>, hasLeft: () => boolean}} phone
 */
export function startNotebook(main, { share, hasLeft }) {
  const { book, bookScript = "" } = main.dataset;
  /** @type {Promise<void> | null} */
  let coming = null;
  /** @type {Awaited<ReturnType<Part["startKeeping"]>> | null} */
  let keeping = null;
  let lookForCodes = () => {};

  /** @param {Part} part */
  async function begin({ furnish, startHandingOver, startKeeping }) {
    furnish(main);
    lookForCodes = startHandingOver(main);
    lookForCodes();
    keeping = await startKeeping(main, share);
    if (hasLeft()) keeping.close();
  }

  function open() {
    if (!book) return;
    // Perhaps there was no network: it is tried again when the page changes, or has its connection back.
    coming ??= import(bookScript).then(begin, () => void (coming = null));
  }

  return {
    here: () => keeping,
    look() {
      if (main.querySelector(WANTED)) open();
      keeping?.look();
      lookForCodes();
    },
    // Not all of a room in the same moment.
    fetchLater: () => void setTimeout(open, LATER + Math.random() * LATER),
    holds: () => (keeping ? keeping.holds() : Boolean(book)),
  };
}
