import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

import "./page.js";

// It would wait for other tabs for ever.
delete globalThis.BroadcastChannel;
const { openNotebook, readBooks } = await import("../../static/js/notebook.js");
const { fileOf, inWords } = await import("../../static/js/notebook_view.js");

const BOOK = { id: "b1", title: "Traject", until: "2999-01-31" };
const note = (name, value) => ({ name, heading: "Mijn verhaal", label: `Mijn ${name}`, drawn: false, value });

afterEach(() => delete globalThis.indexedDB);

for (const [name, indexedDB] of [
  ["has no database", undefined],
  ["throws when it is asked for one", { open() { throw new Error("SecurityError"); } }],
]) {
  test(`a browser that ${name} keeps all as long as the page, and nobody said that it was lent`, async () => {
    globalThis.indexedDB = indexedDB;
    const notebook = await openNotebook(BOOK);
    await notebook.put(note("droom", "een huisje"), note("stap", "bellen"));
    await notebook.put(note("droom", "een boot"));

    assert.equal(notebook.whose(), "unkept");
    assert.deepEqual(notebook.notes().map(({ book, value }) => [book, value]), [["b1", "een boot"], ["b1", "bellen"]]);
    assert.deepEqual(await readBooks(), []);
    await notebook.wipe();
    assert.deepEqual([notebook.notes(), notebook.get("droom"), notebook.whose()], [[], undefined, "unkept"]);
  });
}

test("nobody said yet whose phone it is, until somebody does", async () => {
  globalThis.indexedDB = { open: () => ({ set onsuccess(call) { this.result = EMPTY; setImmediate(call); } }) };
  const notebook = await openNotebook(BOOK);
  assert.equal(notebook.whose(), "");
  notebook.stay();
  assert.equal(notebook.whose(), "guest");
});

test("a notebook that was closed gives nothing, and takes nothing more", async () => {
  globalThis.indexedDB = undefined;
  const notebook = await openNotebook(BOOK);
  await notebook.put(note("droom", "een huisje"));

  notebook.close();
  await notebook.put(note("stap", "bellen"));
  await notebook.keep();

  assert.deepEqual([notebook.notes(), notebook.get("droom"), notebook.whose()], [[], undefined, "unkept"]);
});

const EMPTY = {
  transaction: () => ({
    objectStore: () => ({ getAll: () => ({ set onsuccess(call) { this.result = []; setImmediate(call); } }) }),
  }),
};

test("a file holds what was written as text, whatever it is, and drawings", () => {
  const drawing = { ...note("lijn", "data:image/png;base64,AAAA"), drawn: true };
  const file = fileOf("A & <b>", [note("droom", "<script>x</script>"), note("leeg", " "), drawing]);

  assert.match(file, /^<!doctype html>/);
  assert.match(file, /Mijn schrift: A &amp; &lt;b&gt;/);
  assert.match(file, /&lt;script&gt;x&lt;\/script&gt;/);
  assert.match(file, /<img[^>]*src="data:image\/png;base64,AAAA"/);
  assert.doesNotMatch(file, /Mijn leeg/);
});

test("a day is said in words", () => assert.equal(inWords("2027-03-12"), "12 maart 2027"));

test("what stands on one page is read in the order of that page, whenever it was written", async () => {
  globalThis.indexedDB = undefined;
  const notebook = await openNotebook(BOOK);
  const on = (page, name) => notebook.put({ ...note(name, "iets"), page });
  const [first, second] = [["een", "twee", "drie"], ["vier", "vijf"]];

  await on(first, "twee");
  await on(second, "vijf");
  await on(first, "drie");
  await on(first, "een");
  await on(second, "vier");

  assert.deepEqual(notebook.notes().map(({ name }) => name), ["een", "twee", "drie", "vier", "vijf"]);
  assert.ok(notebook.notes().every((each) => !("page" in each)));
});
