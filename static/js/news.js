// What changed in a view, for those who listen to it: another moment, and within it what came since.
const words = (/** @type {Element} */ element) => element.textContent.trim().replace(/\s+/g, " ");

/**
 * Returns what to call after each change of a view: with the view, whether it is about another moment than before, and
 * how that moment is called. Another moment is said by its name; within one, what `selector` finds is said when it
 * comes, and taken back when it goes. What a page came with is read with it, and not said.
 * @param {Element} region a live region outside the view @param {string} selector
 */
export function makeNews(region, selector) {
  /** @type {string[] | null} */
  let known = null;
  return (/** @type {HTMLElement} */ root, /** @type {boolean} */ isOther, /** @type {() => string} */ name) => {
    const there = [...root.querySelectorAll(selector)].map(words);
    const before = known ?? there;
    known = there;
    const fresh = there.filter((each) => !before.includes(each));
    const isLess = before.some((each) => !there.includes(each));
    if (isOther) region.textContent = name();
    else if (fresh.length || isLess) region.textContent = fresh.join(". ");
  };
}
