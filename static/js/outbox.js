// Every post waits here until the server says that it is saved; the same id sent twice is one post.
import { EVENTS } from "./protocol.gen.js";
import { uuid4 } from "./ids.js";

const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 15000;

/**
 * `send(event, data, size)` answers as the server does. `onChange({waiting, late, sent, entry})` is called with
 * what there is to tell: entries that wait, entries that came too late, and whether one was just saved.
 */
export class Outbox {
  /** @param {{storage: EntryStorage, send: Send, onChange: (news: News) => void}} parts */
  constructor({ storage, send, onChange }) {
    this.storage = storage;
    this.send = send;
    this.onChange = onChange;
    this.busy = false;
    this.held = ""; // the id of an entry that is not to be sent yet
    this.pause = FIRST_PAUSE;
    this.timer = 0;
    this.order = Date.now();
  }

  get waiting() {
    return this.storage.all().filter((entry) => !entry.refusal);
  }

  get late() {
    return this.storage.all().filter((entry) => entry.refusal);
  }

  /** What is gone with the page: it may not be written anywhere. */
  get fleeting() {
    return this.storage.all().filter((entry) => entry.fleeting);
  }

  /** @param {Partial<News>} extra */
  tell(extra = {}) {
    this.onChange({ waiting: this.waiting, late: this.late, sent: false, entry: null, ...extra });
  }

  /**
   * Queue a post. A `single` one takes the place of what still waits for the same step and item. One that is `held`
   * waits for `release()`, or for the page that comes after this one. The `draft` that it was is gone in the same
   * moment in which the post is stored: on the disk is always one of them.
   * @param {Post & {single: boolean}} post @param {{held?: boolean, draft?: string}} [how]
   */
  async add({ step, item, form, text, single, fleeting, size }, { held = false, draft } = {}) {
    const entry = { id: uuid4(), step, item, form, text, fleeting, size, order: ++this.order, refusal: "" };
    const old = this.waiting.filter((each) => single && each.step === step && each.item === item);
    if (held) this.held = entry.id;
    // At once in the memory, however slow the disk: the next choice may come right after this one.
    await this.storage.put(entry, [...old.map(({ id }) => id), ...(draft ? [draft] : [])]);
    this.tell();
    this.flush();
    return entry.id;
  }

  /** Send what was held, before this returns when there is a connection. */
  release() {
    this.held = "";
    this.flush();
  }

  /** @param {string} id */
  async remove(id) {
    await this.storage.remove(id);
    this.tell();
  }

  /** Forget what an exercise does not keep. */
  async dropFleeting() {
    if (!this.fleeting.length) return;
    await this.storage.remove(...this.fleeting.map(({ id }) => id));
    this.tell();
  }

  /** Forget everything, on the disk too. */
  async wipe() {
    clearTimeout(this.timer);
    await this.storage.wipe();
    this.tell();
  }

  /** @param {string} id */
  has(id) {
    return this.waiting.some((entry) => entry.id === id);
  }

  /** Send what waits, one after the other, in the order in which it was made. */
  async flush() {
    if (this.busy) return;
    this.busy = true;
    clearTimeout(this.timer);
    let again = false;
    const next = () => this.waiting.find(({ id }) => id !== this.held);
    for (let entry = next(); entry && !again; entry = next()) {
      const { id, step, item, form, size } = entry;
      const answer = await this.send(EVENTS.POST, { id, step, item, form }, size);
      // Replaced or taken back while it was on its way: its answer says nothing any more.
      if (!this.has(id)) continue;
      if (answer.ok) {
        this.pause = FIRST_PAUSE;
        await this.storage.remove(id);
        this.tell({ sent: true, entry });
      } else if (answer.retry) {
        again = true;
      } else {
        await this.refuse(entry, answer);
      }
    }
    this.busy = false;
    if (again) this.later();
  }

  /**
   * A text is kept, so that it can be copied; a tick is not worth keeping.
   * @param {Entry} entry @param {{message: string}} answer
   */
  async refuse(entry, { message }) {
    if (entry.text) await this.storage.put({ ...entry, refusal: message || "Dit kon niet meer mee." });
    else await this.storage.remove(entry.id);
    this.tell({ refused: message, entry });
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), this.pause * (0.5 + Math.random()));
    this.pause = Math.min(LONGEST_PAUSE, this.pause * 2);
    this.tell();
  }
}
