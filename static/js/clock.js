// The time of day, as the server has it: two devices show the same, whatever their own clocks say.
import { paceOf } from "./timer.js";

const DAY = 24 * 60 * 60;

/** @typedef {{said: string, seconds: number, pace: number, at: number}} Told */

/** @type {WeakMap<Element, Told>} */
const told = new WeakMap();

/** @param {number} seconds since midnight */
function words(seconds) {
  const minutes = Math.floor((seconds % DAY) / 60);
  return `${Math.floor(minutes / 60)}`.padStart(2, "0") + ":" + `${minutes % 60}`.padStart(2, "0");
}

/** @param {Element} element */
function draw(element) {
  const said = told.get(element);
  if (!said) return;
  const text = words(said.seconds + (said.pace * (performance.now() - said.at)) / 1000);
  if (element.textContent !== text) element.textContent = text;
}

/** Start or correct the clocks under `root`; to be called after every morph. @param {ParentNode} root */
export function enhanceClocks(root) {
  for (const element of root.querySelectorAll("[data-clock]")) {
    const said = element.dataset.clock ?? "";
    const [before, pace] = [told.get(element), paceOf(element)];
    if (before?.said !== said || before.pace !== pace) told.set(element, { said, seconds: Number(said), pace, at: performance.now() });
    draw(element);
  }
}

setInterval(() => document.querySelectorAll("[data-clock]").forEach(draw), 1000);
