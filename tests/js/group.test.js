import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { act, find, show } from "./page.js";

const stored = new Map();
let refuses = false;
const storage = {
  getItem: (key) => stored.get(key) ?? null,
  setItem: (key, value) => stored.set(key, value),
  removeItem: (key) => stored.delete(key),
};
Object.defineProperty(window, "sessionStorage", {
  get() {
    if (refuses) throw new Error("The operation is insecure.");
    return storage;
  },
});
const { forgetGroup, watchGroup } = await import("../../static/js/group.js");

const PAGE = `<main>
  <div data-no-group><button type="button" data-group="1">1</button><button type="button" data-group="2">2</button></div>
  <p data-for-group="1" hidden>een <button type="button" data-group="">weg</button></p>
  <p data-for-group="2" hidden>twee</p>
  <form data-any-group hidden><input type="hidden" name="group" data-group-field></form>
  <div id="own"></div>
</main>`;

const visible = () => [...document.querySelectorAll("main > *")].filter((each) => !each.hidden && each.id !== "own").map((each) => each.textContent.trim());

let main, look;
beforeEach(() => {
  refuses = false;
  forgetGroup();
  stored.clear();
  main = show(PAGE);
  look = watchGroup(main, "m1");
  look();
});

const press = (group) => act(find(`button[data-group="${group}"]`), "click");

test("a phone without a group is asked for it", () => {
  assert.deepEqual(visible(), ["12"]);
});

test("what is for a group is shown to who chose it, with its number in the forms", () => {
  press("2");

  assert.deepEqual(visible(), ["twee", ""]);
  assert.equal(find("input").value, "2");
});

test("the group is there again after the page was loaded again, and in the next exercise", async () => {
  press("1");
  const again = show(PAGE);
  const loaded = await import("../../static/js/group.js?again");

  loaded.watchGroup(again, "m1")();

  assert.deepEqual(visible(), ["een weg", ""]);
});

test("another meeting asks again", () => {
  press("1");
  const again = show(PAGE);

  watchGroup(again, "m2")();

  assert.deepEqual(visible(), ["12"]);
});

test("who goes out of a group is asked again", () => {
  press("1");

  press("");

  assert.deepEqual(visible(), ["12"]);
});

test("a group that the exercise does not have is none", () => {
  stored.set("kwartier.groep", "m1:9");

  look();

  assert.deepEqual(visible(), ["12"]);
  assert.equal(find("input").value, "");
});

test("a group that the phone was dealt counts, until its owner chooses another", () => {
  find("#own").innerHTML = '<p data-my-group="1"></p>';
  look();
  const dealt = visible();

  press("2");
  look();

  assert.deepEqual([dealt, visible()], [["een weg", ""], ["twee", ""]]);
});

test("a group that is dealt again is the new one", () => {
  find("#own").innerHTML = '<p data-my-group="1"></p>';
  look();

  find("#own p").dataset.myGroup = "2";
  look();

  assert.deepEqual(visible(), ["twee", ""]);
});

test("a phone that lets go forgets its group", () => {
  press("1");

  forgetGroup();
  look();

  assert.equal(stored.size, 0);
  assert.deepEqual(visible(), ["12"]);
});

test("a browser that refuses to keep anything keeps the group as long as the page, and can let go", () => {
  refuses = true;

  press("2");
  const chosen = visible();
  forgetGroup();
  look();

  assert.deepEqual([chosen, visible()], [["twee", ""], ["12"]]);
});
