// How many characters are left, counted as the server counts them (an emoji is one).
import { around } from "./elements.js";

/** @typedef {HTMLInputElement | HTMLTextAreaElement} TextField */
const COUNTED = "input[data-count], textarea[data-count]";

/** @param {TextField} field */
function show(field) {
  const note = field.parentElement?.querySelector(`[data-counter-of="${CSS.escape(field.name)}"]`);
  if (!note) return;
  const left = Number(field.dataset.count) - [...field.value].length;
  note.textContent = left >= 0 ? `Nog ${left} ${left === 1 ? "teken" : "tekens"}` : `${-left} te veel`;
  note.classList.toggle("is-full", left <= 0);
}

/** @param {ParentNode} root */
export function enhanceCounters(root) {
  for (const field of root.querySelectorAll(COUNTED)) {
    if (!field.parentElement?.querySelector(`[data-counter-of="${CSS.escape(field.name)}"]`)) {
      const note = document.createElement("p");
      note.className = "counter";
      note.dataset.counterOf = field.name;
      note.id = `count-${field.closest("form")?.dataset.step ?? ""}-${field.name}`;
      field.setAttribute("aria-describedby", note.id);
      field.after(note);
    }
    show(field);
  }
}

document.addEventListener("input", (event) => {
  const field = around(event, COUNTED);
  if (field) show(field);
});
document.addEventListener("reset", (event) => {
  setTimeout(() => around(event, "form")?.querySelectorAll(COUNTED).forEach(show));
});
