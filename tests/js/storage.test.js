import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

import { openStorage } from "../../static/js/storage.js";

afterEach(() => delete globalThis.indexedDB);

for (const [name, indexedDB] of [
  ["has no database", undefined],
  ["throws when it is asked for one", { open() { throw new Error("SecurityError"); } }],
]) {
  test(`a browser that ${name} keeps entries as long as the page, in their order`, async () => {
    globalThis.indexedDB = indexedDB;
    const storage = await openStorage("1", "00".repeat(32));
    for (const order of [2, 1, 3]) await storage.put({ id: `id${order}`, form: {}, order });
    await storage.remove("id3");

    assert.deepEqual(storage.all().map(({ id }) => id), ["id1", "id2"]);
    await storage.wipe();
    assert.deepEqual(storage.all(), []);
  });
}
