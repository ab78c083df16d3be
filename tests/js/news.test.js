import assert from "node:assert/strict";
import { test } from "node:test";

import { find, show } from "./page.js";

const { makeNews } = await import("../../static/js/news.js");

const page = (...news) => show(`<p id="said"></p><div id="root">${news.map((each) => `<h3> ${each}\n</h3>`).join("")}</div>`);

/** What is said when a view with this news comes after one with that. */
function said(before, ...after) {
  page(...before);
  const tell = makeNews(find("#said"), "h3");
  tell(find("#root"), false, () => "");
  return after.map(({ news, name }) => {
    find("#root").innerHTML = news.map((each) => `<h3>${each}</h3>`).join("");
    tell(find("#root"), name !== undefined, () => name ?? "");
    return find("#said").textContent;
  });
}

test("what a page came with is not said, and what comes is", () => {
  assert.deepEqual(said(["a"], { news: ["a"] }, { news: ["a", "b", "c"] }), ["", "b. c"]);
});

test("a view with nothing new leaves what was said", () => {
  assert.deepEqual(said([], { news: ["a"] }, { news: ["a"] }), ["a", "a"]);
});

test("what went is taken back, so that it is said when it comes again", () => {
  assert.deepEqual(said([], { news: ["a"] }, { news: [] }, { news: ["a"] }), ["a", "", "a"]);
});

test("another moment is said by its name, and not what it came with", () => {
  assert.deepEqual(said(["a"], { news: ["b"], name: "Flap" }, { news: ["b"] }), ["Flap", "Flap"]);
});
