// What is typed and not saved is offered again. Where and how long it is kept: kept_texts.js.
import { dropText, keepText, keptText } from "./kept_texts.js";

const PAUSE = 400;
const LEFT_OUT = new Set(["csrf_token", "doe", "dia"]);
const form = document.querySelector("form[data-keep]");

/** @param {HTMLFormElement} from @returns {[string, string][]} */
function fields(from) {
  return [...new FormData(from)].flatMap(([name, value]) =>
    LEFT_OUT.has(name) || typeof value !== "string" ? [] : [/** @type {[string, string]} */ ([name, value.replaceAll("\r\n", "\n")])],
  );
}

/** Two forms of other versions may hold the same. @param {[string, string][]} values */
const unseen = (values) => JSON.stringify(values.filter(([field]) => field !== "seen"));

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

/** @param {HTMLFormElement} to @param {string} name @param {[string, string][]} values */
function offer(to, name, values) {
  const notice = document.createElement("div");
  notice.className = "notice notice--warn stack";
  notice.setAttribute("role", "status");
  const words = document.createElement("p");
  words.textContent = "Hier staat nog iets van je dat je niet bewaarde.";
  const row = document.createElement("div");
  row.className = "row";
  const away = () => {
    dropText(name);
    notice.remove();
  };
  row.append(button("Zet het terug", () => putBack(to, values)), button("Gooi het weg", away));
  notice.append(words, row);
  to.before(notice);
}

if (form instanceof HTMLFormElement) {
  const { keep: name = "" } = form.dataset;
  const before = JSON.stringify(fields(form));
  const is_dirty = () => "dirty" in form.dataset || JSON.stringify(fields(form)) !== before;
  let waiting = 0;
  let sending = false;
  const old = keptText(name);
  if ("dirty" in form.dataset) keepText(name, fields(form));
  else if (old && unseen(old) === unseen(fields(form))) dropText(name);
  else if (old) offer(form, name, old);
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => keepText(name, fields(form)), PAUSE);
  });
  form.addEventListener("submit", (event) => {
    const pressed = event.submitter;
    if (pressed instanceof HTMLButtonElement && pressed.formTarget) return;
    clearTimeout(waiting);
    if (is_dirty()) keepText(name, fields(form));
    sending = true;
  });
  addEventListener("beforeunload", (event) => {
    if (sending || !is_dirty()) return;
    keepText(name, fields(form));
    event.preventDefault();
  });
}
