import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { find, show } from "./page.js";
import { listenKeys } from "../../static/js/keys.js";

let done;
const actions = {};
for (const name of ["next", "back", "cover", "full", "join", "help"]) actions[name] = () => done.push(name);
listenKeys(actions);

/** Press a key; the answer is whether the page leaves it to the browser. */
const press = (key, { on = document.body, ...more } = {}) =>
  on.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more }));

beforeEach(() => {
  done = [];
  document.documentElement.dataset.connection = "online";
  show("<main></main>");
});

for (const [key, action] of Object.entries({
  PageDown: "next",
  ArrowRight: "next",
  " ": "next",
  PageUp: "back",
  ArrowLeft: "back",
  b: "cover",
  B: "cover",
  ".": "cover",
  f: "full",
  j: "join",
  "?": "help",
})) {
  test(`'${key}' is for '${action}', and not for the browser`, () => {
    assert.equal(press(key), false);
    assert.deepEqual(done, [action]);
  });
}

test("a key that is held down does its work once", () => {
  press("PageDown");
  assert.equal(press("PageDown", { repeat: true }), false);
  assert.deepEqual(done, ["next"]);
});

for (const more of [{ ctrlKey: true }, { metaKey: true }, { altKey: true }]) {
  test(`a key with ${Object.keys(more)} is for the browser`, () => {
    assert.equal(press("f", more), true);
    assert.deepEqual(done, []);
  });
}

test("who types in a field moves nothing, but a clicker does", () => {
  const field = show("<textarea></textarea>");
  press("b", { on: field });
  press(" ", { on: field });
  press("PageDown", { on: field });
  assert.deepEqual(done, ["next"]);
});

test("space on a button presses the button", () => {
  assert.equal(press(" ", { on: show("<button>x</button>") }), true);
  assert.deepEqual(done, []);
});

test("a page that waits for an answer moves by no key", () => {
  show('<dialog id="confirm" open></dialog>');
  press("PageDown");
  press("b");
  assert.deepEqual(done, []);
});

test("a clicker closes the help and goes on; another key does not", () => {
  show('<dialog id="help" open></dialog>');
  press("b");
  assert.deepEqual(done, []);
  press("PageDown");
  assert.deepEqual([find("#help").open, done], [false, ["next"]]);
});

for (const [connection, action, left] of [["online", ["full"], false], ["offline", [], true]]) {
  test(`F5 of a clicker while ${connection} does ${action}`, () => {
    document.documentElement.dataset.connection = connection;
    assert.equal(press("F5"), left);
    assert.deepEqual(done, action);
  });
}

test("a button with a key of its own is pressed by it, unless it is disabled", () => {
  for (const [html, count] of [['<button data-key="t">x</button>', 1], ['<button data-key="t" disabled>x</button>', 0]]) {
    let pressed = 0;
    show(html).addEventListener("click", () => (pressed += 1));
    press("T");
    assert.equal(pressed, count, html);
  }
});
