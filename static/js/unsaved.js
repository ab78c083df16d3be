// A form marked `data-unsaved` asks before somebody leaves with something in it that was not saved. Nothing of it is
// kept in the browser: it may quote what people wrote.
const form = document.querySelector("form[data-unsaved]");

/** @param {HTMLFormElement} from */
function changed(from) {
  return [...from.elements].some((field) => {
    if (field instanceof HTMLTextAreaElement) return field.value !== field.defaultValue;
    return field instanceof HTMLInputElement && field.checked !== field.defaultChecked;
  });
}

if (form instanceof HTMLFormElement) {
  let sending = false;
  form.addEventListener("submit", () => {
    sending = true;
  });
  addEventListener("beforeunload", (event) => {
    // What came back because it was refused was never saved either.
    if (!sending && (changed(form) || form.querySelector("[aria-invalid]"))) event.preventDefault();
  });
}
