// The homework role says something about whose phone this is: it lasts as long as the page, and is never sent.
const met = new WeakSet();
let chosen = "";

/** Open the `<details data-role>` of the role that was chosen before, the first time it is seen. */
export function enhanceRoles(root) {
  for (const part of root.querySelectorAll("details[data-role]")) {
    if (met.has(part)) continue;
    met.add(part);
    part.open = part.dataset.role === chosen;
  }
}

// `toggle` does not bubble, so it is caught on its way down.
document.addEventListener(
  "toggle",
  ({ target }) => {
    if (!target.matches?.("details[data-role]") || !target.open) return;
    chosen = target.dataset.role;
    for (const other of target.parentElement.querySelectorAll("details[data-role]")) if (other !== target) other.open = false;
  },
  true,
);
