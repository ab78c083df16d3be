// What is left of a style sheet for phones: nothing that a phone may need is missing.
import assert from "node:assert/strict";
import { test } from "node:test";

import { without } from "../../tools/phone-styles.mjs";

const left = (css) => without(css, (name) => name.startsWith("k-a__wall")).replaceAll(/\s+/g, " ").trim();

test("a rule for a part that no phone has is left out", () => {
  assert.equal(left(".k-a { color: red; } .k-a__wall { color: blue; } .k-a__wall.size-s p { color: green; }"), ".k-a{ color: red; }");
});

test("a rule for several parts stays for those that phones have", () => {
  assert.equal(left(".k-a__wall, .k-a__own:is(p, li) { color: red; }"), ".k-a__own:is(p, li){ color: red; }");
});

test("what is in brackets decides nothing", () => {
  const css = ".k-a:not(.k-a__wall) p{ color: red; }";

  assert.equal(left(css), css);
});

test("rules within a condition are looked at too, and an empty condition goes", () => {
  assert.equal(left("@media print { .k-a__wall { color: red; } }"), "");
  assert.equal(left("@media print { .k-a__wall { color: red; } .k-a { color: blue; } }"), "@media print{.k-a{ color: blue; }}");
});

test("keyframes are no rules", () => {
  const css = "@keyframes k-a { from { color: red; } to { color: blue; } }";

  assert.equal(left(css), "@keyframes k-a{ from { color: red; } to { color: blue; } }");
});

test("what a remark says is no rule", () => {
  assert.equal(left("/* .k-a { } */ .k-a { color: red; }"), ".k-a{ color: red; }");
});

test("a brace that is not closed is told", () => {
  assert.throws(() => left(".k-a { color: red;"), /not closed/);
});
