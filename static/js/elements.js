// Finding elements of the page.

/**
 * What the page cannot do without.
 * @template {string} Selector
 * @param {Selector} selector
 * @param {ParentNode} root
 */
export function the(selector, root = document) {
  const found = root.querySelector(selector);
  if (!found) throw new Error(`This page has no ${selector}`);
  return found;
}

/**
 * What an event is about: somebody presses a word in a button, and means the button.
 * @template {string} Selector
 * @param {Event} event
 * @param {Selector} selector
 */
export const around = ({ target }, selector) => (target instanceof Element ? target.closest(selector) : null);
