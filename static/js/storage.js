// What the phone keeps until the server has it. IndexedDB survives a closed tab; a private window may
// refuse it, and then the entries live as long as the page.
const NAME = "kwartier";
const STORE = "outbox";

const done = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

function open() {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "id" });
  return done(request);
}

export async function openStorage() {
  const memory = new Map();
  let database = null;
  try {
    database = await open();
  } catch {
    database = null;
  }
  const run = async (mode, work) => {
    if (!database) return undefined;
    try {
      return await done(work(database.transaction(STORE, mode).objectStore(STORE)));
    } catch {
      database = null; // a broken store must not stop anybody from taking part
      return undefined;
    }
  };
  for (const entry of (await run("readonly", (store) => store.getAll())) ?? []) memory.set(entry.id, entry);
  return {
    all: () => [...memory.values()].sort((a, b) => a.order - b.order),
    async put(entry) {
      memory.set(entry.id, entry);
      await run("readwrite", (store) => store.put(entry));
    },
    async remove(id) {
      memory.delete(id);
      await run("readwrite", (store) => store.delete(id));
    },
  };
}
