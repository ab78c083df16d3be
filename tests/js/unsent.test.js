import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { find, show } from "./page.js";
import { showUnsent } from "../../static/js/unsent.js";

const draft = (more) => ({ id: "d1", about: "", topic: "s1/1", fields: {}, text: "", ticks: "", fleeting: false, order: 1, ...more });

/** The page of `s1/2`, with these drafts and no form of theirs. */
function see(...all) {
  show('<div><section id="late"></section><main></main><section id="unsent"></section></div>');
  showUnsent(find("main"), "s1/2", { late: [], drafts: { all, of: () => undefined }, drop: (id) => gone.push(id) });
}

let gone;
beforeEach(() => (gone = []));

test("what was only ticked in an earlier round lies folded, and is nothing to copy", () => {
  see(draft({ ticks: "Met jezelf: moed, volhouden\nIn denken: humor" }));

  const fold = find("#unsent details");
  assert.deepEqual([fold.open, find("summary").textContent], [false, "Niet verstuurd, van eerder"]);
  assert.deepEqual([...fold.querySelectorAll("li")].map((each) => each.textContent), ["Met jezelf: moed, volhouden", "In denken: humor"]);
  assert.deepEqual([...fold.querySelectorAll("button")].map((each) => each.textContent), ["Weg ermee"]);
  find("button").click();
  assert.deepEqual(gone, ["d1"]);
});

test("what was only ticked in a form that went is told at once", () => {
  see(draft({ topic: "s1/2", ticks: "Hoe was het tempo? te snel" }));

  assert.match(find("#late").textContent, /Hier kun je nu niets insturen. Deze keuzes zijn niet verstuurd/);
  assert.equal(find("#late li").textContent, "Hoe was het tempo? te snel");
});

test("beside a text, what was ticked is no matter", () => {
  see(draft({ text: "half getypt", ticks: "Soort: idee" }));

  assert.equal(find("#unsent textarea").value, "half getypt");
  assert.equal(find("#unsent li"), null);
});

test("a draft of an older version, which says nothing of ticks, is no empty card", () => {
  see(draft({ ticks: undefined }));

  assert.equal(find("#unsent").childElementCount, 0);
});
