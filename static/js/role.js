// The homework role says something about whose phone this is: it lasts as long as the page, and is never sent.
const ROLE = "details[data-role]";
const met = new WeakSet();
let chosen = "";

/**
 * Open the `<details data-role>` of the role that was chosen before, the first time it is seen.
 * @param {ParentNode} root
 */
export function enhanceRoles(root) {
  for (const part of root.querySelectorAll(ROLE)) {
    if (met.has(part)) continue;
    met.add(part);
    part.open = part.dataset.role === chosen;
  }
}

// `toggle` does not bubble, so it is caught on its way down.
document.addEventListener(
  "toggle",
  ({ target }) => {
    if (!(target instanceof HTMLDetailsElement) || !target.dataset.role || !target.open) return;
    chosen = target.dataset.role;
    for (const other of target.parentElement?.querySelectorAll(ROLE) ?? []) if (other !== target) other.open = false;
  },
  true,
);
