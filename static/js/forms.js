// What a form or a button says, in the shape in which the server wants it: every value is a list.

/** The server drops control characters too; as JSON each would take more room than any other character. */
const visible = (text) => text.replace(/[\p{Cc}\p{Cs}]/gu, (found) => (/\s/.test(found) ? found : ""));

export function fieldsOf(form, submitter) {
  const fields = {};
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string") (fields[name] ??= []).push(visible(value));
  }
  if (submitter?.name) (fields[submitter.name] ??= []).push(submitter.value);
  return fields;
}

/** The `data-arg-...` attributes of an element. */
export function argsOf(element) {
  const args = {};
  for (const { name, value } of element.attributes) {
    if (name.startsWith("data-arg-")) args[name.slice("data-arg-".length)] = [value];
  }
  return args;
}

/** What was typed in a form (not what was ticked): worth giving back when it cannot be sent. */
export function typedText(form) {
  return [...form.elements]
    .filter((field) => field.matches("textarea, input:not([type]), input[type='text']"))
    .map((field) => field.value.trim())
    .filter(Boolean)
    .join("\n");
}

/** Submit as if the person did; older phones have no `requestSubmit`. */
export function submitForm(form, submitter = null) {
  if (form.requestSubmit) form.requestSubmit(submitter);
  else form.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
}
