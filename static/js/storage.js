// What the phone keeps until the server has it, so that it survives a closed tab. On the disk it is locked: the
// key comes with the page, is in memory only, and cannot be made any more once the meeting is over or was left.
// A disk keeps what was deleted for a while; that is why.
import { lock, unlock } from "./cipher.js";

const NAME = "kwartier";
const STORE = "outbox";

/** @typedef {{id: string, meeting: string, locked: import("./cipher.js").Locked}} Stored */

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
const done = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** A browser that refuses a database may throw at once. */
async function open() {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "id" });
  return done(request);
}

/** A private window may refuse a database, and a broken one must stop nobody: then all lives as long as the page. */
async function openDisk() {
  let database = await open().catch(() => null);
  /** @template T @param {IDBTransactionMode} mode @param {(store: IDBObjectStore) => IDBRequest<T>} work */
  return async (mode, work) => {
    if (!database) return undefined;
    try {
      return await done(work(database.transaction(STORE, mode).objectStore(STORE)));
    } catch {
      database = null;
      return undefined;
    }
  };
}

/** @param {string} key @param {Stored} stored @returns {Entry | null} */
function readable(key, stored) {
  try {
    return unlock(key, stored.locked);
  } catch {
    return null; // of another phone that this was, or of before the key was destroyed
  }
}

/**
 * The entries of one meeting. Without a `key`, and for entries that are `fleeting`, nothing goes to the disk.
 * @param {string} meeting @param {string} key
 * @returns {Promise<EntryStorage>}
 */
export async function openStorage(meeting, key) {
  /** @type {Map<string, Entry>} */
  const memory = new Map();
  const disk = await openDisk();
  /** @type {() => Promise<Stored[]>} */
  const everything = async () => (await disk("readonly", (store) => store.getAll())) ?? [];
  /** @param {string} id */
  const erase = (id) => disk("readwrite", (store) => store.delete(id));
  for (const stored of await everything()) {
    const entry = key && stored.meeting === meeting ? readable(key, stored) : null;
    if (entry) memory.set(entry.id, entry);
    else await erase(stored.id);
  }
  return {
    all: () => [...memory.values()].sort((a, b) => a.order - b.order),
    async put(entry) {
      memory.set(entry.id, entry);
      if (!key || entry.fleeting) return;
      const stored = { id: entry.id, meeting, locked: lock(key, entry) };
      await disk("readwrite", (store) => store.put(stored));
    },
    async remove(id) {
      memory.delete(id);
      await erase(id);
    },
    /** Forget the meeting; nothing can be kept any more. */
    async wipe() {
      key = "";
      memory.clear();
      // Of a tab that sleeps too.
      for (const stored of await everything()) {
        if (stored.meeting === meeting) await erase(stored.id);
      }
    },
  };
}
