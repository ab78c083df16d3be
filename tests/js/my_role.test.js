import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { act, find, show } from "./page.js";

const { watchRole } = await import("../../static/js/my_role.js");

/** An exercise in its first or second turn; each test has one of its own. */
const page = (step, turn) => `<main><div data-roles="${step}/${turn}">
  <p data-no-role>kies <button type="button" data-take-role="A">A</button><button type="button" data-take-role="B">B</button></p>
  <p data-for-role="A" hidden>ik ben A <button type="button" data-take-role="">weg</button></p>
  <p data-for-role="B" hidden>ik ben B</p>
  <p data-after-role="A" hidden>was A</p>
</div></main>`;

const visible = () => [...document.querySelectorAll("[data-roles] > *")].filter((each) => !each.hidden).map((each) => each.textContent.split(" ").slice(0, 3).join(" ").trim());

let step = "";
let number = 0;

/** @param {number} turn */
function open(turn) {
  const look = watchRole(show(page(step, turn)));
  look();
  return look;
}

beforeEach(() => {
  number += 1;
  step = `stap-${number}`;
  open(1);
});

const press = (role) => act(find(`button[data-take-role="${role}"]`), "click");

test("a role is asked, and then what is for it is shown", () => {
  assert.deepEqual(visible(), ["kies AB"]);

  press("A");

  assert.deepEqual(visible(), ["ik ben A"]);
});

test("a role is laid off by its own button", () => {
  press("A");
  press("");

  assert.deepEqual(visible(), ["kies AB"]);
});

test("a new view of the same turn knows the role", () => {
  press("B");
  open(1);

  assert.deepEqual(visible(), ["ik ben B"]);
});

test("the next turn asks again, and knows which role it was", () => {
  press("A");
  open(2);

  assert.deepEqual(visible(), ["kies AB", "was A"]);
});

test("another exercise knows nothing of it", () => {
  press("A");
  step = "elders";
  open(2);

  assert.deepEqual(visible(), ["kies AB"]);
});
