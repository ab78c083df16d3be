// Puts a new view into the page and leaves alone what the person is doing: focus, typed text, open details.
import { Idiomorph } from "../vendor/idiomorph.esm.js";

const dirty = new WeakMap(); // field -> what its form was about when the person changed it

/** What a form is about: a text typed for one item must not end up in the form of another. */
export const subject = (form) => (form ? `${form.dataset.step ?? ""}/${form.dataset.item ?? ""}/${form.dataset.command ?? ""}` : "");

/** Remember that a person changed this field, so that a new view does not undo it. */
export function touch(field) {
  if (!field.name || !field.form) return;
  // One radio that is ticked unticks another: a group changes as a whole.
  for (const each of field.form.elements) if (each.name === field.name) dirty.set(each, subject(field.form));
}

/** Has a person changed this field since the page came? */
export function isChanged(field) {
  if (field.localName === "select") {
    const chosen = [...field.options].findIndex((each) => each.defaultSelected);
    return field.selectedIndex !== (chosen < 0 && !field.multiple ? 0 : chosen);
  }
  if (!field.matches("input, textarea")) return false;
  return field.checked !== field.defaultChecked || field.value !== field.defaultValue;
}

/** What was filled in before there was a script to notice it. */
export function touchChanged(root) {
  for (const form of root.querySelectorAll("form")) for (const field of form.elements) if (isChanged(field)) touch(field);
}

/** From now on the server's value counts again for these fields. */
export function release(form) {
  for (const field of form.elements) dirty.delete(field);
}

const KEPT = new Set(["value", "checked", "selected"]);

const callbacks = {
  beforeAttributeUpdated(name, element) {
    if (name === "open") return !(element.localName === "details" || element.localName === "dialog");
    if (!KEPT.has(name)) return true;
    const field = element.localName === "option" ? element.closest("select") : element;
    const about = dirty.get(field);
    return about === undefined || about !== subject(field.form);
  },
};

function whereFocusWas(root) {
  const active = document.activeElement;
  if (!active || active === document.body || !root.contains(active)) return null;
  const { command, act, argStep } = active.dataset;
  return { active, command, act, argStep };
}

/** A button that vanished under the focus: go to its successor, so that the keyboard is not lost. */
function restoreFocus(root, was) {
  if (!was || (was.active.isConnected && document.activeElement === was.active)) return;
  const same = (name, value) => value && root.querySelector(`[data-${name}="${CSS.escape(value)}"]:not(:disabled)`);
  const next = same("command", was.command) || same("act", was.act) || root.querySelector("[data-focus]") || root.querySelector("h1");
  if (!next) return;
  if (next.matches("h1, [data-focus]:not(button, a, input)")) next.tabIndex = -1;
  next.focus({ preventScroll: true });
}

/** Another step is another page: nothing of the old one (typed text, open details) may shine through. */
function clearOthers(root, next) {
  for (const part of root.querySelectorAll("[data-fresh], #own")) {
    const { fresh, key } = next.getElementById(part.id)?.dataset ?? {};
    if (part.dataset.fresh !== fresh || part.dataset.key !== key) part.replaceChildren();
  }
}

/** The private fragment that the page came with. */
export function ownIn(root) {
  const place = root.querySelector("#own");
  return { key: place?.dataset.key, html: place?.innerHTML ?? "" };
}

/** Show a view, with this phone's private fragment in its place; a blank one leaves what all phones see. */
export function morph(root, html, own) {
  const next = new DOMParser().parseFromString(html, "text/html");
  const place = next.getElementById("own");
  if (place && place.dataset.key === own.key && own.html.trim()) place.innerHTML = own.html;
  const was = whereFocusWas(root);
  clearOthers(root, next);
  Idiomorph.morph(root, next.body.childNodes, { morphStyle: "innerHTML", callbacks });
  restoreFocus(root, was);
}

document.addEventListener("input", (event) => touch(event.target));
document.addEventListener("change", (event) => touch(event.target));
