// Buttons that copy a link, or what else they say; without a script they are not there.
import { copy } from "./clipboard.js";
import { around, the } from "./elements.js";

/** To be called whenever there is something else on the page. */
export function showCopying() {
  for (const button of document.querySelectorAll("button[data-copy]")) button.removeAttribute("hidden");
}
showCopying();

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
  const copied = button.dataset.copied ?? "De link is gekopieerd.";
  const said = done ? copied : "Kopiëren lukt niet. Selecteer de tekst en kopieer hem zelf.";
  the("[role='status']", button.parentElement).textContent = said;
});
