// What is typed and not saved is kept in this browser until it is saved or thrown away.
const PAUSE = 400;
const LEFT_OUT = new Set(["csrf_token", "doe", "dia"]);
const form = document.querySelector("form[data-keep]");

/** @param {HTMLFormElement} from @returns {[string, string][]} */
function fields(from) {
  return [...new FormData(from)].flatMap(([name, value]) =>
    LEFT_OUT.has(name) || typeof value !== "string" ? [] : [/** @type {[string, string]} */ ([name, value.replaceAll("\r\n", "\n")])],
  );
}

/** @param {string} key @returns {[string, string][] | null} */
function kept(key) {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "null");
  } catch {
    return null;
  }
}

/** @param {string} key @param {[string, string][]} values */
function keep(key, values) {
  try {
    localStorage.setItem(key, JSON.stringify(values));
  } catch {
    // Full, or not allowed: the question before leaving remains.
  }
}

/** @param {HTMLFormElement} to @param {[string, string][]} values */
function putBack(to, values) {
  const again = document.createElement("form");
  again.method = "post";
  const token = to.querySelector("input[name='csrf_token']");
  const all = [...values, ["csrf_token", token instanceof HTMLInputElement ? token.value : ""], ["doe", "kijk"]];
  for (const [name, value] of all) {
    const field = document.createElement("textarea");
    field.name = name;
    field.value = value;
    again.append(field);
  }
  again.hidden = true;
  document.body.append(again);
  again.submit();
}

/** @param {string} label @param {() => void} act */
function button(label, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button";
  made.textContent = label;
  made.addEventListener("click", act);
  return made;
}

/** @param {HTMLFormElement} to @param {string} key @param {[string, string][]} values */
function offer(to, key, values) {
  const notice = document.createElement("div");
  notice.className = "notice notice--warn stack";
  notice.setAttribute("role", "status");
  const words = document.createElement("p");
  words.textContent = "Hier staat nog iets van je dat je niet bewaarde.";
  const row = document.createElement("div");
  row.className = "row";
  const away = () => {
    localStorage.removeItem(key);
    notice.remove();
  };
  row.append(button("Zet het terug", () => putBack(to, values)), button("Gooi het weg", away));
  notice.append(words, row);
  to.before(notice);
}

if (form instanceof HTMLFormElement) {
  const key = `kwartier-tekst:${form.dataset.keep}`;
  const before = JSON.stringify(fields(form));
  const is_dirty = () => "dirty" in form.dataset || JSON.stringify(fields(form)) !== before;
  let waiting = 0;
  let sending = false;
  const old = kept(key);
  if ("dirty" in form.dataset) keep(key, fields(form));
  else if (old && JSON.stringify(old.filter(([name]) => name !== "seen")) === JSON.stringify(fields(form).filter(([name]) => name !== "seen"))) localStorage.removeItem(key);
  else if (old) offer(form, key, old);
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => keep(key, fields(form)), PAUSE);
  });
  form.addEventListener("submit", (event) => {
    const pressed = event.submitter;
    if (pressed instanceof HTMLButtonElement && pressed.formTarget) return;
    clearTimeout(waiting);
    if (is_dirty()) keep(key, fields(form));
    sending = true;
  });
  addEventListener("beforeunload", (event) => {
    if (sending || !is_dirty()) return;
    keep(key, fields(form));
    event.preventDefault();
  });
}

export {};
