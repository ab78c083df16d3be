// A browser's database, as small as we need one. A private window may refuse it, and a broken one must stop nobody:
// then nothing is kept, and all lives as long as the page.

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

/**
 * A browser that refuses a database may throw at once.
 * @param {string} name @param {Record<string, string | string[]>} stores
 */
async function open(name, stores) {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => {
    for (const [store, keyPath] of Object.entries(stores)) request.result.createObjectStore(store, { keyPath });
  };
  return answered(request);
}

/**
 * The database `name`, with what its `stores` know their values by.
 * @param {string} name @param {Record<string, string | string[]>} stores
 */
export async function openDisk(name, stores) {
  let database = await open(name, stores).catch(() => null);
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
    /** Does it keep anything? */
    keeps: () => Boolean(database),
    /** @param {string} store @returns {Promise<any[]>} */
    everything: async (store) => (await tried((disk) => answered(disk.transaction(store).objectStore(store).getAll()))) ?? [],
    /**
     * Everything or nothing of what `work` asks of these stores.
     * @param {(...stores: IDBObjectStore[]) => void} work
     */
    change: (work, names = Object.keys(stores)) =>
      tried((disk) => {
        const transaction = disk.transaction(names, "readwrite");
        work(...names.map((each) => transaction.objectStore(each)));
        // From here on it needs nothing of this page any more, which may be about to go.
        transaction.commit?.();
        return finished(transaction);
      }),
  };
}
