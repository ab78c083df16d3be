import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { act, find, show as put, type } from "./page.js";

// It would wait for other tabs for ever.
delete globalThis.BroadcastChannel;
Object.assign(globalThis, { CustomEvent: window.CustomEvent, location: window.location });
const { Keeping } = await import("../../static/js/keeping.js");
const { print, showTools, watchPrinting } = await import("../../static/js/notebook_view.js");

const page = (over) => `<section id="whose"></section>
<main id="view">${over}<div class="phone-kind"><h2>Mijn blad</h2><input type="checkbox" id="tick" data-keep="mag" value="ja">
  <label for="wish">Mijn wens</label><textarea id="wish" data-keep="wens"></textarea></div>
  <div id="own" data-shares="blad"></div></main>
<section id="notebook"><span data-until></span><b data-host></b><div data-notes></div><button data-save></button>
  <button data-read hidden></button><button data-print></button><button data-share hidden></button><button data-wipe></button></section>`;

/** The tools of a notebook that is kept, for a page with something to tick and something to write. */
function open(over = "") {
  put(`<div>${page(over)}</div>`);
  const [main, notes] = [find("main"), new Map()];
  const notebook = {
    get: (name) => notes.get(name),
    put: (...written) => written.forEach((note) => notes.set(note.name, note)),
    notes: () => [...notes.values()],
    whose: () => "mine",
    isClosed: () => false,
  };
  const keeping = new Keeping(main, notebook);
  return { keeping, show: showTools(main, { notebook, keeping, share: async () => {} }) };
}

test("what was typed right after something else can be shared at once", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const { keeping, show } = open();
  const noted = (element) => {
    keeping.note(element);
    show();
  };
  find("#tick").checked = true;
  noted(find("#tick"));
  assert.equal(find("[data-share]").hidden, true, "a tick can not be shared");

  type(find("#wish"), "een huisje");
  noted(find("#wish"));

  assert.equal(find("[data-share]").hidden, false);
});

for (const wasRead of [false, true]) {
  test(`after printing a notebook is ${wasRead ? "read" : "covered"} as it was`, () => {
    const { keeping } = open("<p data-over></p>");
    let printed = "";
    window.print = () => (printed = find("[data-notes]").textContent);
    type(find("#wish"), "een huisje");
    keeping.note(find("#wish"));
    if (wasRead) act(find("[data-read]"), "click");

    act(find("[data-print]"), "click");
    window.dispatchEvent(new Event("afterprint"));

    assert.match(printed, /een huisje/);
    assert.equal(find("[data-notes]").textContent.includes("een huisje"), wasRead);
  });
}

test("after printing a fold is closed as it was", () => {
  const fold = put("<details><summary>Voor mij</summary><textarea data-keep='wens'></textarea></details>");
  let wasOpen = false;
  window.print = () => (wasOpen = fold.open);

  print(document);
  window.dispatchEvent(new Event("afterprint"));

  assert.deepEqual([wasOpen, fold.open], [true, false]);
});

test("who prints with the menu of the browser has what is in a fold too", () => {
  const fold = put("<details><summary>Voor mij</summary><textarea data-keep='wens'></textarea></details>");
  watchPrinting(document);

  window.dispatchEvent(new Event("beforeprint"));
  const wasOpen = fold.open;
  window.dispatchEvent(new Event("afterprint"));

  assert.deepEqual([wasOpen, fold.open], [true, false]);
});
