// What organisers typed and did not save, in this browser: until it is saved or thrown away, somebody logs out here, or
// ninety days have passed.
const MARK = "kwartier-tekst:";
const LOGGED_OUT = "kwartier-uitgelogd";
const KEPT_FOR = 90 * 24 * 60 * 60 * 1000;
/** Once somebody logged out, also in another tab: what a page still shows is not kept any more. */
let isOver = false;

/** @typedef {[string, string][]} Values */

/** @param {string} key @param {number} now @returns {Values | null} */
function read(key, now) {
  try {
    const { at, values } = JSON.parse(localStorage.getItem(key) ?? "null") ?? {};
    return Math.abs(now - at) < KEPT_FOR ? values : null;
  } catch {
    return null;
  }
}

/** @param {string} name */
export const keptText = (name, now = Date.now()) => read(MARK + name, now);

/** @param {string} name @param {Values} values */
export function keepText(name, values, now = Date.now()) {
  if (isOver) return;
  try {
    localStorage.setItem(MARK + name, JSON.stringify({ at: now, values }));
  } catch {
    // Full, or not allowed: the question before leaving remains.
  }
}

/** @param {string} name */
export const dropText = (name) => localStorage.removeItem(MARK + name);

/** @param {(key: string) => boolean} isDue */
function drop(isDue) {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(MARK) && isDue(key)) localStorage.removeItem(key);
  } catch {
    // Not allowed: then nothing was kept either.
  }
}

/** What is past its time, and what does not say when it was kept. */
export const dropOldTexts = (now = Date.now()) => drop((key) => !read(key, now));

/** All of it, for whoever logs out. Other tabs, which may hold more, are told. */
export function forgetTexts() {
  isOver = true;
  drop(() => true);
  try {
    localStorage.setItem(LOGGED_OUT, "");
    localStorage.removeItem(LOGGED_OUT);
  } catch {
    // Nothing can be kept here.
  }
}

addEventListener("storage", ({ key }) => (isOver ||= key === LOGGED_OUT));
