// The moment from which a page's scripts listen: what was done before it (see early.js) is done now.
import { submitForm } from "./forms.js";
import { isChanged } from "./morph.js";

let listening = false;

/**
 * Send the forms that were sent too early, and those that send themselves when something is chosen.
 * @param {ParentNode} root
 */
export function takeForms(root) {
  if (listening) return;
  listening = true;
  const waiting = window.takePresses("form");
  for (const [form, submitter] of waiting) submitForm(form, submitter);
  const sent = new Set(waiting.map(([form]) => form));
  for (const form of root.querySelectorAll("form[data-auto]")) {
    if (!sent.has(form) && [...form.elements].some(isChanged)) submitForm(form);
  }
}

/** Press the buttons that were pressed too early. */
export function takeButtons() {
  for (const [button] of window.takePresses("button")) button.click();
}
