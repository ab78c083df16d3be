// To change a post is to take it back, and to find what it said in the form again.
import { fillForm } from "./drafts.js";
import { TYPED } from "./forms.js";
import { isChanged } from "./morph.js";

/**
 * What a post on the page says, by the field that it goes into: the text of each element with `data-field`, or what
 * its `data-value` says, of the element itself and those in it.
 * @param {HTMLElement | null} shown @returns {Fields}
 */
export function saidIn(shown) {
  /** @type {Fields} */
  const said = {};
  for (const part of shown ? [shown, ...shown.querySelectorAll("[data-field]")] : []) {
    const { field, value = part.textContent ?? "" } = part.dataset;
    if (field) (said[field] ??= []).push(value);
  }
  return said;
}

/**
 * Fill the first form that has one of these fields; what else is in it stays.
 * @param {ParentNode} root @param {Fields} said
 */
export function refill(root, said) {
  const forms = [...root.querySelectorAll("form[data-post]")];
  const form = forms.find(({ elements }) => [...elements].some(({ name }) => name in said));
  if (!form) return;
  fillForm(form, said);
  const filled = [...form.elements].filter(({ name }) => name in said);
  (filled.find((field) => field.matches(TYPED)) ?? filled.find(isChanged) ?? filled[0])?.focus();
}
