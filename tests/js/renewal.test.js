// A page of before a new version goes between two steps, and never with something on it that would be gone.
import assert from "node:assert/strict";
import { test } from "node:test";

import { renewalOf } from "../../static/js/renewal.js";

const view = (key, build = "new") => ({ version: 1, key, build, html: "" });
const held = (holds) => renewalOf("old", () => holds);

test("a page of the same version stays as it is", () => {
  const same = renewalOf("new", () => false);

  assert.equal(same.isOld(view("flap/")), false);
  assert.equal(same.isNow(view("flap/"), view("stelling/1")), false);
});

test("a page of before goes when another step comes", () => {
  assert.equal(held(false).isOld(view("flap/")), true);
  assert.equal(held(false).isNow(view("flap/"), view("stelling/1", "old")), true);
});

test("it stays as long as the step does, whatever its item or run", () => {
  assert.equal(held(false).isNow(view("stelling/2"), view("stelling/1")), false);
  assert.equal(held(false).isNow(view("stelling/1#2"), view("stelling/1")), false);
});

test("it stays when something on it would be gone", () => {
  assert.equal(held(true).isNow(view("flap/"), view("stelling/1")), false);
});

test("it stays when it did not see any view yet, for then its own is the one", () => {
  assert.equal(held(false).isNow(view("flap/"), null), false);
});
