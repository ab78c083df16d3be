// What the phone keeps until the server has it, so that it survives a closed tab. On the disk it is locked: the
// key comes with the page, is in memory only, and cannot be made any more once the meeting is over or was left.
// A disk keeps what was deleted for a while; that is why.
import { lock, unlock } from "./cipher.js";

const NAME = "kwartier";
const STORE = "outbox";

/** @typedef {{id: string, meeting: string, locked: import("./cipher.js").Locked}} Stored */

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
const answered = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** @param {IDBTransaction} transaction @returns {Promise<void>} */
const finished = (transaction) =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });

/** A browser that refuses a database may throw at once. */
async function open() {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "id" });
  return answered(request);
}

/** A private window may refuse a database, and a broken one must stop nobody: then all lives as long as the page. */
async function openDisk() {
  let database = await open().catch(() => null);
  /** @template T @param {(database: IDBDatabase) => Promise<T>} work */
  const tried = async (work) => {
    if (!database) return undefined;
    try {
      return await work(database);
    } catch {
      database = null;
      return undefined;
    }
  };
  return {
    /** @returns {Promise<Stored[]>} */
    everything: async () =>
      (await tried((disk) => answered(disk.transaction(STORE).objectStore(STORE).getAll()))) ?? [],
    /**
     * Everything or nothing of what `work` asks for.
     * @param {(store: IDBObjectStore) => void} work
     */
    change: (work) =>
      tried((disk) => {
        const transaction = disk.transaction(STORE, "readwrite");
        work(transaction.objectStore(STORE));
        // From here on it needs nothing of this page any more, which may be about to go.
        transaction.commit?.();
        return finished(transaction);
      }),
  };
}

/** @param {string} key @param {Stored} stored @returns {Entry | Draft | null} */
function readable(key, stored) {
  try {
    return unlock(key, stored.locked);
  } catch {
    return null; // of another phone that this was, or of before the key was destroyed
  }
}

/** @type {(record: Entry | Draft) => record is Draft} */
const isDraft = (record) => "about" in record;
/** @type {(record: Entry | Draft) => record is Entry} */
const isEntry = (record) => "form" in record;

/**
 * The entries and drafts of one meeting. Without a `key`, and for what is `fleeting`, nothing goes to the disk.
 * @param {string} meeting @param {string} key
 * @returns {Promise<EntryStorage>}
 */
export async function openStorage(meeting, key) {
  /** @type {Map<string, Entry | Draft>} */
  const memory = new Map();
  const disk = await openDisk();
  /** @param {string[]} ids */
  const erase = (ids) => disk.change((store) => ids.forEach((id) => store.delete(id)));
  const unreadable = [];
  for (const stored of await disk.everything()) {
    const record = key && stored.meeting === meeting ? readable(key, stored) : null;
    if (record) memory.set(record.id, record);
    else unreadable.push(stored.id);
  }
  if (unreadable.length) await erase(unreadable);
  const inOrder = () => [...memory.values()].sort((a, b) => a.order - b.order);
  return {
    all: () => inOrder().filter(isEntry),
    drafts: () => inOrder().filter(isDraft),
    hold: (record) => void memory.set(record.id, record),
    async put(record, gone = []) {
      memory.set(record.id, record);
      for (const id of gone) memory.delete(id);
      const locked = key && !record.fleeting ? lock(key, record) : null;
      if (!locked && !gone.length) return;
      await disk.change((store) => {
        if (locked) store.put({ id: record.id, meeting, locked });
        for (const id of gone) store.delete(id);
      });
    },
    async remove(...ids) {
      for (const id of ids) memory.delete(id);
      await erase(ids);
    },
    async wipe() {
      key = "";
      memory.clear();
      // Of a tab that sleeps too.
      const mine = (await disk.everything()).filter((stored) => stored.meeting === meeting);
      await erase(mine.map(({ id }) => id));
    },
  };
}
