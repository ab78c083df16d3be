// Fields and drawings of the page that are marked `data-keep="name"` are those of the notebook: filled from it, and
// written to it. What could be sent is refused.
import { around } from "./elements.js";
import { TYPED } from "./forms.js";
import { onWiped, openNotebook } from "./notebook.js";
import { showTools } from "./notebook_view.js";

const KEPT = "[data-keep]";
const PAUSE = 400;

/** @typedef {Awaited<ReturnType<typeof openNotebook>>} Notebook */

/** Everything that belongs to a form can be sent with it. @param {HTMLElement} element */
const canBeSent = (element) => Boolean(element.closest("form") || ("form" in element && element.form));

/** @type {(element: HTMLElement) => element is HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} */
const isField = (element) =>
  element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement;

/** A picture of what was drawn; "" when nothing was. @param {HTMLCanvasElement} canvas */
function pictureOf(canvas) {
  const { width, height } = canvas;
  const blank = Object.assign(document.createElement("canvas"), { width, height });
  const picture = canvas.toDataURL("image/png");
  return picture === blank.toDataURL("image/png") ? "" : picture;
}

/** @param {HTMLElement} element */
function valueOf(element) {
  if (element instanceof HTMLCanvasElement) return pictureOf(element);
  if (element instanceof HTMLInputElement && element.matches("[type='checkbox'], [type='radio']")) return element.checked ? element.value : "";
  return isField(element) ? element.value : "";
}

/** What a field or drawing is called on paper. @param {HTMLElement} element */
function labelOf(element) {
  const label = isField(element) ? element.labels?.[0]?.textContent : "";
  return (element.getAttribute("aria-label") || label || element.dataset.keep || "").trim();
}

/** A drawing goes below what was drawn since the page came. @param {HTMLCanvasElement} canvas @param {string} value */
function redraw(canvas, value) {
  const image = new Image();
  image.onload = () => {
    const pen = canvas.getContext("2d");
    if (!pen) return;
    pen.save();
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.globalCompositeOperation = "destination-over";
    pen.drawImage(image, 0, 0, canvas.width, canvas.height);
    pen.restore();
    canvas.dispatchEvent(new CustomEvent("kept"));
  };
  image.src = value;
}

/** What is in the notebook comes back, and the exercise hears of it. @param {HTMLElement} element @param {string} value */
function bring(element, value) {
  fill(element, value);
  // A picture takes a moment to be drawn, and tells it then.
  if (!(element instanceof HTMLCanvasElement)) element.dispatchEvent(new CustomEvent("kept"));
}

/** @param {HTMLElement} element @param {string} value */
function fill(element, value) {
  if (element instanceof HTMLCanvasElement) {
    if (value) redraw(element, value);
  } else if (element instanceof HTMLInputElement && element.matches("[type='checkbox'], [type='radio']")) {
    element.checked = value === element.value;
  } else if (isField(element)) {
    element.value = value;
  }
}

export class Keeping {
  /** What an element is called, and what the page was about when it came. @type {WeakMap<HTMLElement, {name: string, heading: string, label: string}>} */
  #seen = new WeakMap();
  /** @type {Set<HTMLElement>} */
  #unwritten = new Set();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {HTMLElement} root @param {Notebook} notebook */
  constructor(root, notebook) {
    this.root = root;
    this.notebook = notebook;
  }

  /** The marked elements that may be kept; the others cannot be used. */
  get elements() {
    const marked = [...this.root.querySelectorAll(KEPT)];
    for (const each of marked.filter(canBeSent)) {
      if (this.#seen.has(each)) continue;
      this.#seen.set(each, { name: "", heading: "", label: "" });
      each.toggleAttribute("disabled", true);
      console.error(`data-keep="${each.dataset.keep}" belongs to a form, and could be sent: it is not kept`);
    }
    return marked.filter((each) => !canBeSent(each));
  }

  /** After each change of the page: fill what is new. */
  look() {
    // What went away before it was written may be here again, as another element.
    if ([...this.#unwritten].some((element) => !element.isConnected)) this.write();
    const title = this.root.querySelector(".phone-kind h2");
    const { elements } = this;
    for (const element of elements) {
      const name = element.dataset.keep ?? "";
      if (this.#seen.get(element)?.name === name) continue;
      // Once the meeting is over there may be several exercises on the page.
      const heading = (title ?? element.closest("section")?.querySelector("h2"))?.textContent.trim() ?? "";
      this.#seen.set(element, { name, heading, label: labelOf(element) });
      const note = this.notebook.get(name);
      if (note) bring(element, note.value);
      // Typed before there was anything to keep it.
      else if (!(element instanceof HTMLCanvasElement) && valueOf(element)) this.note(element);
    }
    return elements;
  }

  /** Somebody wrote, chose or drew something. @param {HTMLElement} element */
  note(element) {
    if (canBeSent(element)) return;
    this.#unwritten.add(element);
    if (this.#timer === undefined) this.write();
  }

  /** Everything that is not in the notebook yet, now. */
  write() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.#unwritten.size) return;
    // A radio that is ticked speaks for all of its name.
    const changed = [...this.#unwritten].filter((element) => !element.matches("[type='radio']:not(:checked)"));
    this.#unwritten.clear();
    const page = this.elements.map(({ dataset }) => dataset.keep ?? "");
    this.notebook.put(
      ...changed.map((element) => {
        const called = this.#seen.get(element) ?? { name: element.dataset.keep ?? "", heading: "", label: "" };
        return { ...called, page, drawn: element instanceof HTMLCanvasElement, value: valueOf(element) };
      }),
    );
    this.#timer = setTimeout(() => this.write(), PAUSE);
  }

  /** The page is looked at again: what was written in another tab meanwhile stands in its fields. */
  async reread() {
    await this.notebook.reread();
    for (const element of this.elements) {
      const note = this.notebook.get(element.dataset.keep ?? "");
      if (note && isField(element) && !this.#unwritten.has(element)) fill(element, note.value);
    }
  }

  /** All that was kept is gone, from the page too. @param {{told?: boolean}} [how] */
  async wipe(how) {
    this.#unwritten.clear();
    const wiped = this.notebook.wipe(how);
    this.#empty();
    await wiped;
  }

  /** The page shows and gives nothing of it any more; what its owner keeps is kept. */
  close() {
    this.write();
    this.notebook.close();
    this.#empty();
  }

  #empty() {
    for (const element of this.elements) {
      if (element instanceof HTMLCanvasElement) element.getContext("2d")?.clearRect(0, 0, element.width, element.height);
      else fill(element, "");
      element.dispatchEvent(new CustomEvent("kept"));
    }
  }
}

/**
 * The notebook of a live page; `share(texts)` sends what its owner picked. Returns `look()`, for after each change,
 * `isMine()`, on a phone of its owner, `isGuest()`, on one that was lent, `isWritten()`, `holds()`, when something
 * would be gone with the page, and `close()`, for a page that shows and gives nothing of it any more.
 * @param {HTMLElement} main @param {(texts: string[]) => Promise<void>} share
 */
export async function startKeeping(main, share) {
  const { book = "", bookTitle = "", bookUntil = "" } = main.dataset;
  const notebook = await openNotebook({ id: book, title: bookTitle, until: bookUntil });
  const keeping = new Keeping(main, notebook);
  const show = showTools(main, { notebook, keeping, share });
  /** @param {Event} event */
  const noted = (event) => {
    const element = around(event, KEPT);
    if (!element) return;
    keeping.note(element);
    show();
  };
  main.addEventListener("input", noted);
  // A browser says of a text that it changed when its field is taken away, too.
  main.addEventListener("change", (event) => around(event, TYPED) || noted(event));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") keeping.write();
    else keeping.reread().then(show);
  });
  // When the page really goes it may be too late: what the disk is still busy with comes first.
  for (const end of ["beforeunload", "pagehide"]) addEventListener(end, () => keeping.write());
  // What is wiped in one tab must not come back from another.
  onWiped(() => keeping.wipe({ told: true }).then(show));
  show();
  return {
    look: show,
    isMine: () => notebook.whose() === "mine",
    holds: () => notebook.whose() !== "mine" && notebook.notes().length > 0,
    isGuest: () => notebook.whose() === "guest",
    isWritten: () => notebook.notes().some(({ value }) => value.trim()),
    close() {
      keeping.close();
      show();
    },
  };
}
