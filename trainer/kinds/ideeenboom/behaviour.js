// The button that prints the tree; without it, printing the page does the same.
const watched = new WeakSet();

/** @type {Enhance} */
export function enhance(root) {
  for (const button of root.querySelectorAll(".k-ideeenboom [data-poster]")) {
    if (watched.has(button)) continue;
    watched.add(button);
    button.addEventListener("click", () => window.print());
  }
}
