import assert from "node:assert/strict";
import { test } from "node:test";

import { find, show } from "./page.js";

let now = 0;
Object.defineProperty(globalThis, "performance", { value: { now: () => now } });
// The clock of the page stands still: what is due is drawn by asking for it.
globalThis.setInterval = () => 0;
const { enhanceTimers, setLefts } = await import("../../static/js/timer.js");
const { enhanceClocks } = await import("../../static/js/clock.js");

const page = (pace) =>
  `<div${pace ? ` data-pace="${pace}"` : ""}><p data-timer data-left="600" data-running="yes"></p><b data-clock="34200"></b></div>`;

/** What timer and clock say when so many seconds have passed on the clock of the device. */
function after(seconds) {
  now += 1000 * seconds;
  enhanceTimers(document);
  enhanceClocks(document);
  return [find("[data-timer]").textContent, find("[data-clock]").textContent];
}

test("timers and clocks go as fast as the device's own", () => {
  show(page());
  assert.deepEqual(after(0), ["10:00", "09:30"]);
  assert.deepEqual(after(60), ["9:00", "09:31"]);
});

test("in a rehearsal they go as fast as the clock of the meeting", () => {
  show(page(16));
  assert.deepEqual(after(0), ["10:00", "09:30"]);
  assert.deepEqual(after(30), ["2:00", "09:38"]);
});

test("a new speed counts from what the server says is left", () => {
  show(page(4));
  after(0);
  after(30);
  const timer = find("[data-timer]");
  timer.dataset.left = "480";
  timer.closest("[data-pace]").dataset.pace = "1";
  find("[data-clock]").dataset.clock = "34320";
  assert.deepEqual(after(0), ["8:00", "09:32"]);
  assert.deepEqual(after(30), ["7:30", "09:32"]);
});

test("what the server says of the time goes to timers and clocks in the order of the page", () => {
  show(page());
  after(30);
  setLefts(document, ["300.5", "36000"]);
  assert.deepEqual(after(0), ["5:01", "10:00"]);
});
