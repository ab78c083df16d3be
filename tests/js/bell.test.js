import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

import { act, find, show } from "./page.js";

let rung = 0;
const value = { setValueAtTime: () => {}, exponentialRampToValueAtTime: () => {} };
/** Three tones are one stroke of the bell. */
globalThis.AudioContext = class {
  currentTime = 0;
  resume() {}
  createGain = () => ({ gain: value, connect: (to) => to });
  createOscillator = () => ({ frequency: value, connect: (to) => to, start: () => (rung += 1 / 3), stop: () => {} });
};
const { makeBell } = await import("../../static/js/bell.js");

let look;
const strokes = () => Math.round(rung);
const press = () => act(find("[data-bell]"), "click");
const over = (isOver) => {
  find("[data-timer]").classList.toggle("is-over", isOver);
  mock.timers.tick(1000);
};

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setInterval"] });
  rung = 0;
  look = makeBell(show('<main><button data-bell hidden>Belletje</button><aside class="side"><p data-timer></p></aside></main>'));
  look();
});

test("it is off until somebody turns it on, and says so", () => {
  over(false);
  over(true);

  assert.deepEqual([strokes(), find("button").hidden, find("button").textContent], [0, false, "Zet het belletje aan"]);
});

test("it is heard when it is turned on, and once when the time is over", () => {
  press();
  assert.deepEqual([strokes(), find("button").getAttribute("aria-pressed")], [1, "true"]);

  over(false);
  assert.equal(strokes(), 1);
  over(true);
  mock.timers.tick(5000);
  assert.equal(strokes(), 2);
  over(false);
  over(true);
  assert.equal(strokes(), 3);
});

test("it can be turned off again", () => {
  press();
  over(false);
  press();
  over(true);

  assert.deepEqual([strokes(), find("button").textContent], [1, "Zet het belletje aan"]);
});

test("time that was over before rings no bell, nor does an exercise that asks for none", () => {
  find("[data-timer]").classList.add("is-over");
  press();
  mock.timers.tick(1000);
  assert.equal(strokes(), 1);

  find("button").remove();
  over(false);
  over(true);
  assert.equal(strokes(), 1);
});

test("a new view leaves it as it was", () => {
  press();
  find("main").innerHTML = '<button data-bell hidden>Belletje</button><aside class="side"><p data-timer></p></aside>';
  look();

  assert.deepEqual([find("button").hidden, find("button").textContent], [false, "Belletje aan"]);
});
