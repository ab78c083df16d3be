// The homework role is a choice of this phone alone: it is kept here and never sent.
const KEY = "kwartier-rol";
const met = new WeakSet();
let memory = "";

function read() {
  try {
    return localStorage.getItem(KEY) || memory;
  } catch {
    return memory;
  }
}

function keep(role) {
  memory = role;
  try {
    localStorage.setItem(KEY, role);
  } catch {
    // A private window may refuse: then the choice lasts as long as the page.
  }
}

/** Open the `<details data-role>` of the role that was chosen before, the first time it is seen. */
export function enhanceRoles(root) {
  for (const part of root.querySelectorAll("details[data-role]")) {
    if (met.has(part)) continue;
    met.add(part);
    part.open = part.dataset.role === read();
  }
}

// `toggle` does not bubble, so it is caught on its way down.
document.addEventListener(
  "toggle",
  ({ target }) => {
    if (!target.matches?.("details[data-role]") || !target.open) return;
    keep(target.dataset.role);
    for (const other of target.parentElement.querySelectorAll("details[data-role]")) if (other !== target) other.open = false;
  },
  true,
);
