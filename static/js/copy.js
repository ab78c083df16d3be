// Buttons that copy a link; without a script they are not there.
import { copy } from "./clipboard.js";
import { around, the } from "./elements.js";

for (const button of document.querySelectorAll("button[data-copy]")) button.removeAttribute("hidden");

document.addEventListener("click", async (event) => {
  const button = around(event, "button[data-copy]");
  if (!(button instanceof HTMLButtonElement) || !button.parentElement) return;
  const field = document.createElement("input");
  field.readOnly = true;
  field.value = button.dataset.copy ?? "";
  button.after(field);
  const done = await copy(field);
  field.remove();
  button.focus();
  const said = done ? "De link is gekopieerd." : "Kopiëren lukt niet. Kies de link en kopieer hem zelf.";
  the("[role='status']", button.parentElement).textContent = said;
});
