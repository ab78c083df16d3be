// What the phone keeps until the server has it, so that it survives a closed tab. On the disk it is locked: the
// key comes with the page, is in memory only, and cannot be made any more once the meeting is over or was left.
// A disk keeps what was deleted for a while; that is why.
import { lock, unlock } from "./cipher.js";
import { openDisk } from "./disk.js";

const NAME = "kwartier";
const STORE = "outbox";

/** @typedef {{id: string, meeting: string, locked: import("./cipher.js").Locked}} Stored */

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
 * The entries and drafts of one meeting. Without a `key`, for what is `fleeting`, and once the phone left, also in a tab
 * that did not notice yet (`isOver`), nothing goes to the disk.
 * @param {string} meeting @param {string} key @param {() => boolean} isOver
 * @returns {Promise<EntryStorage>}
 */
export async function openStorage(meeting, key, isOver = () => false) {
  /** @type {Map<string, Entry | Draft>} */
  const memory = new Map();
  const disk = await openDisk(NAME, { [STORE]: "id" });
  /** @type {() => Promise<Stored[]>} */
  const everything = () => disk.everything(STORE);
  /** @param {string[]} ids */
  const erase = (ids) => disk.change((store) => ids.forEach((id) => store.delete(id)));
  const unreadable = [];
  for (const stored of await everything()) {
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
      const locked = key && !record.fleeting && !isOver() ? lock(key, record) : null;
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
      const mine = (await everything()).filter((stored) => stored.meeting === meeting);
      await erase(mine.map(({ id }) => id));
    },
  };
}
