// Who tells is known to this page alone: it is neither sent nor stored, so a page that is loaded again asks again.
/** @type {Set<string>} */
const told = new Set();
/** @type {WeakSet<HTMLElement>} */
const watched = new WeakSet();

/** Is it not as the server has it? @param {Element} field */
const isTouched = (field) => field instanceof HTMLInputElement && field.checked !== field.defaultChecked;

/** A new round takes the list away: what was not sent would go with it unseen. @param {HTMLElement} root */
function warn(root) {
  for (const line of root.querySelectorAll("[data-not-sent]")) line.hidden = ![...(line.closest("form")?.elements ?? [])].some(isTouched);
}

/** What is for the teller of a round, and what for those who listen. @param {HTMLElement} root */
function show(root) {
  warn(root);
  for (const part of root.querySelectorAll("[data-teller-of]")) part.hidden = !told.has(part.dataset.tellerOf ?? "");
  for (const part of root.querySelectorAll("[data-listener-of]")) part.hidden = told.has(part.dataset.listenerOf ?? "");
  for (const button of root.querySelectorAll("[data-tells]")) {
    button.setAttribute("aria-pressed", String(told.has(button.dataset.tells ?? "")));
  }
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
      if (!(target instanceof Element)) return;
      const tells = target.closest("[data-tells]")?.dataset.tells;
      const sheet = target.closest("[data-keep-words]")?.closest("[data-teller-of]");
      if (tells && !told.delete(tells)) told.add(tells);
      if (tells) show(root);
      if (sheet) keepWords(root, sheet);
    });
    root.addEventListener("input", () => warn(root));
  }
  show(root);
}
