// Private work, that its owner wrote or drew for themselves: one book for each course, on this phone alone. No word of
// it is ever sent. It outlives the meeting, so it cannot be locked with a key of the meeting: who holds the phone
// unlocked can read it (docs/decisions/0015-the-notebook.md).
import { openDisk } from "./disk.js";

const NAME = "kwartier-schrift";
const STORES = { books: "id", notes: ["book", "name"] };

/** The day of today, by the phone. */
const today = () => {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
};

/** Of notes in the order in which they were begun. @param {Note[]} notes */
const inOrder = (notes) => [...notes].sort((a, b) => a.order - b.order);

/** The database of all books, without those of courses that are over. */
async function openShelf() {
  const disk = await openDisk(NAME, STORES);
  /** @type {Book[]} */
  const books = await disk.everything("books");
  /** @type {Note[]} */
  const notes = await disk.everything("notes");
  const over = new Set(books.filter(({ until }) => until < today()).map(({ id }) => id));
  if (over.size) {
    await disk.change((shelf, pages) => {
      for (const id of over) shelf.delete(id);
      for (const { book, name } of notes) if (over.has(book)) pages.delete([book, name]);
    });
  }
  return {
    disk,
    books: books.filter(({ id }) => !over.has(id)),
    notes: inOrder(notes.filter(({ book }) => !over.has(book))),
  };
}

const tabs = "BroadcastChannel" in globalThis ? new BroadcastChannel(NAME) : null;

/** All books were wiped in another tab. @param {() => void} call */
export const onWiped = (call) => tabs?.addEventListener("message", call);

/** Forget every book on this phone. */
export async function wipeBooks({ told = false } = {}) {
  const disk = await openDisk(NAME, STORES);
  await disk.change((books, notes) => {
    books.clear();
    notes.clear();
  });
  if (!told) tabs?.postMessage("wiped");
}

/** Every book on this phone, with its notes. @returns {Promise<{book: Book, notes: Note[]}[]>} */
export async function readBooks() {
  const { books, notes } = await openShelf();
  return books.map((book) => ({ book, notes: notes.filter((note) => note.book === book.id) }));
}

/**
 * The book of one course. `whose()` is "mine" when its owner said that this is their own phone; "guest" when
 * they said that nothing may stay on it; "unkept" when the browser keeps nothing, whoever has it; and "" when nobody
 * said anything yet. Only the first is on the disk.
 * @param {Book} book
 */
export async function openNotebook(book) {
  const shelf = await openShelf();
  const { disk } = shelf;
  /** @type {Whose} */
  let whose = disk.keeps() ? "" : "unkept";
  /** @type {Map<string, Note>} */
  const notes = new Map();
  let closed = false;
  /**
   * Beside what stands on the same page, in the order of the page; what is on another page comes after it.
   * @param {string} name @param {string[]} page the names of all that is on it
   */
  function orderOf(name, page) {
    const known = page.flatMap((each) => notes.get(each)?.order ?? []);
    return Math.floor(known.length ? Math.min(...known) : notes.size) + Math.max(0, page.indexOf(name)) / 1000;
  }
  /** @param {Note[]} changed */
  const store = (changed) =>
    disk.change((books, pages) => {
      books.put(book);
      for (const note of changed) pages.put(note);
    });
  if (shelf.books.some(({ id }) => id === book.id)) {
    whose = "mine";
    for (const note of shelf.notes) if (note.book === book.id) notes.set(note.name, note);
    await store([]);
  }
  return {
    whose: () => whose,
    isClosed: () => closed,
    notes: () => inOrder([...notes.values()]),
    /** @param {string} name */
    get: (name) => notes.get(name),
    /** In one go: of a page that goes, a browser may drop what would have to wait its turn. @param {(Omit<Note, "book" | "order"> & {page?: string[]})[]} written */
    async put(...written) {
      if (closed) return;
      const changed = written.map(({ page = [], ...each }) => {
        const note = { ...each, book: book.id, order: notes.get(each.name)?.order ?? orderOf(each.name, page) };
        notes.set(note.name, note);
        return note;
      });
      if (whose === "mine") await store(changed);
    },
    /** What was written in another tab meanwhile. */
    async reread() {
      if (whose !== "mine") return;
      const { notes: found } = await openShelf();
      if (closed) return;
      for (const note of found) if (note.book === book.id) notes.set(note.name, note);
    },
    /** It is the owner's own phone: what was written so far stays too. */
    async keep() {
      if (closed) return;
      whose = "mine";
      await store([...notes.values()]);
    },
    /** Nothing stays on this phone. */
    stay() {
      whose = "guest";
    },
    /** This page knows nothing of it any more: what is on the disk stays there, for its owner. */
    close() {
      closed = true;
      notes.clear();
    },
    /**
     * Forget all that was written, here and on the disk, the books of other courses too.
     * @param {{told?: boolean}} [how] were the other tabs told?
     */
    async wipe(how) {
      notes.clear();
      whose = disk.keeps() ? "" : "unkept";
      await wipeBooks(how);
    },
  };
}
