// What a form or a button says, in the shape in which the server wants it: every value is a list.

/**
 * The server drops control characters too; as JSON each would take more room than any other character.
 * @param {string} text
 */
const visible = (text) => text.replace(/[\p{Cc}\p{Cs}]/gu, (found) => (/\s/.test(found) ? found : ""));

/** @param {HTMLFormElement} form @param {HTMLElement | null} submitter */
export function fieldsOf(form, submitter) {
  /** @type {Fields} */
  const fields = {};
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string") (fields[name] ??= []).push(visible(value));
  }
  if (submitter instanceof HTMLButtonElement && submitter.name) (fields[submitter.name] ??= []).push(submitter.value);
  return fields;
}

/** The `data-arg-...` attributes of an element. @param {Element} element */
export function argsOf(element) {
  /** @type {Fields} */
  const args = {};
  for (const { name, value } of element.attributes) {
    if (name.startsWith("data-arg-")) args[name.slice("data-arg-".length)] = [value];
  }
  return args;
}

/** Fields in which people type. */
export const TYPED = "textarea, input:not([type]), input[type='text']";

/**
 * What was typed in a form (not what was ticked): worth giving back when it cannot be sent.
 * @param {HTMLFormElement} form
 */
export function typedText(form) {
  return [...form.querySelectorAll(TYPED)]
    .map((field) => field.value.trim())
    .filter(Boolean)
    .join("\n");
}

/**
 * Submit as if the person did; older phones have no `requestSubmit`.
 * @param {HTMLFormElement} form @param {HTMLElement | null} submitter
 */
export function submitForm(form, submitter = null) {
  if (form.requestSubmit) form.requestSubmit(submitter);
  else form.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
}
