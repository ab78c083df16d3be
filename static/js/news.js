// What changed in a view, for those who listen to it: another moment, and within it what came since.
const words = (/** @type {Element} */ element) => element.textContent.trim().replace(/\s+/g, " ");

/**
 * Returns what to call after each change of a view, with the moment that it is about and how that is called. Another
 * moment is said by its name; within one, what `selector` finds is said when it comes. A view that says nothing new
 * leaves what was said.
 * @param {Element} region a live region outside the view @param {string} selector
 */
export function makeNews(region, selector) {
  /** @type {string[]} */
  let known = [];
  return (/** @type {HTMLElement} */ root, /** @type {boolean} */ isOther, /** @type {() => string} */ name) => {
    const there = [...root.querySelectorAll(selector)].map(words);
    const fresh = there.filter((each) => !known.includes(each));
    const isLess = known.some((each) => !there.includes(each));
    known = there;
    if (isOther) region.textContent = name();
    else if (fresh.length || isLess) region.textContent = fresh.join(". ");
  };
}
