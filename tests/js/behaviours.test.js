// What a kind does in the browser comes when something of it is on the page, and never twice.
import assert from "node:assert/strict";
import { test } from "node:test";

import { find, show } from "./page.js";

const { behavioursOf } = await import("../../static/js/behaviours.js");

/** A script of a kind, that counts how often it ran. */
const script = (name) =>
  `data:text/javascript,export const enhance = (root, tools) => (root.dataset.${name} = String(Number(root.dataset.${name} || 0) %2B tools.step));`;
const page = (html, scripts) => {
  const main = show("<main></main>");
  main.innerHTML = html;
  main.dataset.behaviours = JSON.stringify(scripts);
  return main;
};

test("only what is on the page is fetched", async () => {
  const main = page("<div class='k-flap k-flap--phone'></div>", { flap: script("flap"), rondes: "data:text/javascript,throw 1" });
  const behaviours = behavioursOf(main);

  assert.equal(await behaviours.look(), true);
  behaviours.enhance({ step: 1 });

  assert.equal(main.dataset.flap, "1");
});

test("it is fetched once, and runs at every change", async () => {
  const main = page("<div class='k-flap'></div>", { flap: script("flap") });
  const behaviours = behavioursOf(main);
  await behaviours.look();

  assert.equal(await behaviours.look(), false);
  behaviours.enhance({ step: 1 });
  main.replaceChildren();
  behaviours.enhance({ step: 1 });

  assert.equal(main.dataset.flap, "2");
});

test("one that comes later is fetched then", async () => {
  const main = page("", { flap: script("flap") });
  const behaviours = behavioursOf(main);
  assert.equal(await behaviours.look(), false);

  main.innerHTML = "<p class='k-flap--screen'></p>";

  assert.equal(await behaviours.look(), true);
});

test("one that fails leaves the others alone, and is tried again", async (context) => {
  context.mock.method(console, "error", () => {});
  const broken = "data:text/javascript,export const enhance = () => { throw new Error('no'); };";
  const main = page("<p class='k-a'></p><p class='k-b'></p><p class='k-c'></p>", { a: "data:text/javascript,(", b: broken, c: script("c") });
  const behaviours = behavioursOf(main);

  assert.equal(await behaviours.look(), true);
  behaviours.enhance({ step: 1 });

  assert.equal(main.dataset.c, "1");
  assert.equal(await behaviours.look(), false, "a is asked for again, and fails again");
  assert.equal(console.error.mock.callCount(), 3);
});

test("those of steps to come are fetched when nothing waits for them", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const main = page("", { flap: "/static/kind-flap.js" });

  behavioursOf(main).fetchLater();
  assert.equal(find("link[rel='modulepreload']"), null);
  context.mock.timers.tick(60_000);

  assert.equal(find("link[rel='modulepreload']").getAttribute("href"), "/static/kind-flap.js");
});
