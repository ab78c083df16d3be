import assert from "node:assert/strict";
import { test } from "node:test";

import { find, show } from "./page.js";
import { refill, saidIn } from "../../static/js/refill.js";

const FORM = `<form data-post>
  <textarea name="text"></textarea>
  <input type="radio" name="colour" value="geel"><input type="radio" name="colour" value="blauw">
  <input type="checkbox" name="more" value="1" checked><input type="checkbox" name="more" value="2">
  <select name="size"><option>klein</option><option>groot</option></select>
  <input type="checkbox" name="alone" value="ja">
</form>`;
const SENT = `<div id="sent"><p data-field="text">moed &amp; geduld</p>
  <span data-field="colour" data-value="blauw">Blauw</span><span data-field="more" data-value="2">twee</span>
  <span data-field="size">groot</span></div>`;

const ticked = (root) => [...root.querySelectorAll("input")].filter((field) => field.checked).map(({ value }) => value);

test("what was sent is read part by part, a choice by its value", () => {
  show(SENT);
  assert.deepEqual(saidIn(find("#sent")), { text: ["moed & geduld"], colour: ["blauw"], more: ["2"], size: ["groot"] });
});

test("an element with a field of its own says that one thing", () => {
  show('<p id="sent" data-field="geel">lastig</p>');
  assert.deepEqual(saidIn(find("#sent")), { geel: ["lastig"] });
});

test("a whole form says again what was sent: texts, choices and ticks", () => {
  const page = show(`<main>${FORM}${SENT}</main>`);
  refill(page, saidIn(find("#sent")));

  assert.equal(find("textarea").value, "moed & geduld");
  assert.deepEqual(ticked(page), ["blauw", "2"]);
  assert.equal(find("select").value, "groot");
  assert.ok(find("textarea").matches(":focus"));
});

test("the form with the field is filled, and no other", () => {
  const form = (name) => `<form data-post><textarea name="${name}"></textarea></form>`;
  const page = show(`<main>${form("geel")}${form("blauw")}</main>`);
  refill(page, { blauw: ["kracht"] });

  assert.deepEqual([...page.querySelectorAll("textarea")].map(({ value }) => value), ["", "kracht"]);
});

test("what is gone from the page changes nothing", () => {
  const page = show(`<main>${FORM}</main>`);
  refill(page, saidIn(null));
  refill(page, { other: ["x"] });

  assert.deepEqual([find("textarea").value, ...ticked(page)], ["", "1"]);
});
