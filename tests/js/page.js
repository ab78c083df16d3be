// A page without a browser: what our scripts look for in one is global here.
import { Window } from "happy-dom";

const window = new Window({ url: "http://localhost:8000/" });
const GLOBALS = ["CSS", "DOMParser", "Document", "Element", "Event", "FormData", "KeyboardEvent", "Node", "document"];
for (const name of Object.getOwnPropertyNames(window)) if (/^HTML\w*Element$/.test(name)) GLOBALS.push(name);
for (const name of GLOBALS) globalThis[name] = window[name];
Object.assign(globalThis, { window, addEventListener: window.addEventListener.bind(window) });

/** A new page of `html`: its first element. */
export function show(html) {
  document.body.innerHTML = html;
  return document.body.firstElementChild;
}

export const find = (selector) => document.querySelector(selector);

/** What a person does; the answer is whether the page leaves the rest to the browser. */
export const act = (element, type, details = {}) =>
  element.dispatchEvent(Object.assign(new Event(type, { bubbles: true, cancelable: true }), details));

export const type = (field, text) => {
  field.value = text;
  act(field, "input");
};

/** Let everything happen that waits for nothing but its turn. */
export const turns = () => new Promise((resolve) => void setImmediate(resolve));
