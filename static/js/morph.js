// Puts a new view into the page and leaves alone what the person is doing: focus, typed text, open details.
import { Idiomorph } from "../vendor/idiomorph.esm.js";
import { around } from "./elements.js";

/** What the form of a field was about when the person changed it. @type {WeakMap<Element, string>} */
const dirty = new WeakMap();

/**
 * What a form is about: a text typed for one item must not end up in the form of another.
 * @param {HTMLFormElement | null} form
 */
export const subject = (form) => (form ? `${form.dataset.step ?? ""}/${form.dataset.item ?? ""}/${form.dataset.command ?? ""}` : "");

/** Remember that a person changed this field, so that a new view does not undo it. @param {Field | null} field */
export function touch(field) {
  if (!field?.name || !field.form) return;
  // One radio that is ticked unticks another: a group changes as a whole.
  for (const each of field.form.elements) if (each.name === field.name) dirty.set(each, subject(field.form));
}

/** Has a person changed this field since the page came? @param {Field} field */
export function isChanged(field) {
  if (field instanceof HTMLSelectElement) {
    const chosen = [...field.options].findIndex((each) => each.defaultSelected);
    return field.selectedIndex !== (chosen < 0 && !field.multiple ? 0 : chosen);
  }
  if (field instanceof HTMLInputElement && field.checked !== field.defaultChecked) return true;
  const typed = field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement;
  return typed && field.value !== field.defaultValue;
}

/** What was filled in before there was a script to notice it. @param {ParentNode} root */
export function touchChanged(root) {
  for (const form of root.querySelectorAll("form")) for (const field of form.elements) if (isChanged(field)) touch(field);
}

/** From now on the server's value counts again for these fields. @param {HTMLFormElement} form */
export function release(form) {
  for (const field of form.elements) dirty.delete(field);
}

const KEPT = new Set(["value", "checked", "selected"]);

const callbacks = {
  /** @type {(name: string, element: Element) => boolean} */
  beforeAttributeUpdated(name, element) {
    if (name === "open") return !(element.localName === "details" || element.localName === "dialog");
    // A button that waits for its answer does so in every view that comes meanwhile.
    if (name === "aria-busy") return false;
    if (!KEPT.has(name)) return true;
    const field = element.closest("select") ?? element;
    // What is written in a notebook is its owner's, and so is what is chosen on a board.
    if (field.matches("[data-keep], [data-pick]")) return false;
    const about = dirty.get(field);
    return about === undefined || about !== subject(field.closest("form"));
  },
};

/** @param {HTMLElement} root */
function whereFocusWas(root) {
  const active = document.activeElement;
  if (!(active instanceof HTMLElement) || active === document.body || !root.contains(active)) return null;
  const { command, act } = active.dataset;
  return { active, command, act, words: active.textContent };
}

/**
 * A button that vanished under the focus: go to its successor, so that the keyboard is not lost. Of several with the
 * same command only one with the same words will do: a second press may not be something else.
 * @param {HTMLElement} root @param {ReturnType<typeof whereFocusWas>} was
 */
function restoreFocus(root, was) {
  if (!was || (was.active.isConnected && document.activeElement === was.active)) return;
  /** @type {(name: string, value?: string) => HTMLElement | undefined} */
  const same = (name, value = "") => {
    const all = [...root.querySelectorAll(`[data-${name}="${CSS.escape(value)}"]:not(:disabled)`)];
    return all[1] ? all.find(({ textContent }) => textContent === was.words) : all[0];
  };
  const next = same("command", was.command) || same("act", was.act) || root.querySelector("[data-focus]") || root.querySelector("h1");
  if (!next) return;
  if (next.matches("h1, [data-focus]:not(button, a, input)")) next.tabIndex = -1;
  next.focus({ preventScroll: true });
}

const WRITTEN = "textarea[data-keep], input[data-keep]:not([type='checkbox'], [type='radio'])";

/** Does somebody write in the notebook now? */
export const isWriting = () => document.activeElement?.matches(WRITTEN) ?? false;

/** The step of what a page is about. @param {string | undefined} key */
const stepOf = (key = "") => key.split("/")[0];

/**
 * Another step is another page: nothing of the old one (typed text, open details) may shine through. Another item of
 * it is one too, unless somebody writes in a field of the notebook that it has as well: that stays under their hands.
 * @param {ParentNode} root @param {Document} next
 */
function clearOthers(root, next) {
  const stays = isWriting() && next.getElementById(document.activeElement?.id ?? "") !== null;
  for (const part of root.querySelectorAll("[data-fresh], #own")) {
    const { fresh, key } = next.getElementById(part.id)?.dataset ?? {};
    if (part.dataset.fresh === fresh && part.dataset.key === key) continue;
    if (!(stays && part.contains(document.activeElement) && stepOf(part.dataset.fresh) === stepOf(fresh))) part.replaceChildren();
  }
}

/**
 * Show a view, with this phone's private fragment in its place; a blank one leaves what all phones see.
 * @param {HTMLElement} root @param {string} html @param {Own} own
 */
export function morph(root, html, own) {
  const next = new DOMParser().parseFromString(html, "text/html");
  const place = next.getElementById("own");
  if (place && place.dataset.key === own.key && own.html.trim()) place.innerHTML = own.html;
  const was = whereFocusWas(root);
  clearOthers(root, next);
  Idiomorph.morph(root, [...next.body.childNodes], { morphStyle: "innerHTML", callbacks });
  restoreFocus(root, was);
}

for (const name of ["input", "change"]) {
  document.addEventListener(name, (event) => touch(around(event, "input, textarea, select")));
}
