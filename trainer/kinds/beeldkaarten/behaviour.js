// An open card lies over the page: Escape closes it, and so does the keyboard when it moves on.
const watched = new WeakSet();

/** @type {(event: Event) => HTMLElement | null} */
const cardOf = ({ target }) => (target instanceof Element ? target.closest("details.k-beeldkaarten__card") : null);

/** @param {HTMLElement} root */
export function enhance(root) {
  if (watched.has(root)) return;
  watched.add(root);
  root.addEventListener("keydown", (event) => event.key === "Escape" && cardOf(event)?.removeAttribute("open"));
  // Without a target it is the window that lost the focus, and its owner comes back to this card.
  root.addEventListener("focusout", (event) => event.relatedTarget && cardOf(event)?.removeAttribute("open"));
}
