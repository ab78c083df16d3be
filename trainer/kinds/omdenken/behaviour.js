// What was ticked and not sent is said, and the words of a sheet go to the notebook.
/** @type {WeakSet<HTMLElement>} */
const watched = new WeakSet();

/** Is it not as the server has it? @param {Element} field */
const isTouched = (field) => field instanceof HTMLInputElement && field.checked !== field.defaultChecked;

/** A new round takes the list away: what was not sent would go with it unseen. @param {HTMLElement} root */
function warn(root) {
  for (const line of root.querySelectorAll("[data-not-sent]")) line.hidden = ![...(line.closest("form")?.elements ?? [])].some(isTouched);
}

/** The words of a sheet are put into the notebook, each on a line. @param {HTMLElement} root @param {HTMLElement} sheet */
function keepWords(root, sheet) {
  const field = root.querySelector(".k-omdenken textarea[data-keep]");
  if (!(field instanceof HTMLTextAreaElement)) return;
  const fold = field.closest("details");
  if (fold) fold.open = true;
  const lines = new Set(field.value.split("\n").filter(Boolean));
  for (const word of sheet.querySelectorAll("[data-word]")) lines.add(word.textContent.trim());
  field.value = [...lines].join("\n");
  field.rows = Math.max(3, lines.size + 1);
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
}

/** @param {HTMLElement} root */
export function enhance(root) {
  if (!watched.has(root)) {
    watched.add(root);
    root.addEventListener("click", ({ target }) => {
      const sheet = target instanceof Element && target.closest("[data-keep-words]")?.closest("[data-sheet]");
      if (sheet instanceof HTMLElement) keepWords(root, sheet);
    });
    root.addEventListener("input", () => warn(root));
  }
  warn(root);
}
