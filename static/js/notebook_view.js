// The notebook as its owner sees it: whose phone this is, what stands in it, and what can be done with it.
import { ask } from "./confirm.js";
import { the } from "./elements.js";
import { TYPED } from "./forms.js";
import { say } from "./toast.js";

const WIPE = "Alles in je schrift gaat weg van deze telefoon. Niemand kan dat terughalen. Wissen?";

/** @type {<Tag extends keyof HTMLElementTagNameMap>(tag: Tag, text?: string, look?: string) => HTMLElementTagNameMap[Tag]} */
function made(tag, text = "", look = "") {
  const element = document.createElement(tag);
  if (text) element.textContent = text;
  if (look) element.className = look;
  return element;
}

/** Is there anything in it? @param {Note} note */
const isWritten = ({ value }) => Boolean(value.trim());

/**
 * What was written and drawn, to read and not to change.
 * @param {HTMLElement} place @param {Note[]} notes
 */
export function showNotes(place, notes) {
  place.replaceChildren();
  let heading = "";
  for (const note of notes.filter(isWritten)) {
    if (note.heading && note.heading !== heading) place.append(made("h3", note.heading));
    heading = note.heading;
    place.append(made("h4", note.label));
    if (note.drawn) place.append(Object.assign(made("img"), { src: note.value, alt: `Tekening: ${note.label}` }));
    else place.append(made("p", isDay(note.value) ? inWords(note.value) : note.value, "note-text"));
  }
}

const STYLE = `body { max-width: 40rem; margin: 2rem auto; padding: 0 1rem; font: 1.1rem/1.5 sans-serif }
p { white-space: pre-wrap } img { max-width: 100% }`;

/** A page of its own, that any browser shows. @param {string} title @param {Note[]} notes */
export function fileOf(title, notes) {
  const notebook = made("h1", `Mijn schrift: ${title}`);
  const body = made("body");
  showNotes(body, notes);
  body.prepend(notebook);
  // As text, for the rules of this page are not those of the file.
  return `<!doctype html>
<html lang="nl"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Mijn schrift</title><style>${STYLE}</style>
${body.outerHTML}</html>
`;
}

/** Give a text as a file, at an address that tells nothing of it. @param {string} text @param {string} download its name @param {string} type */
export function give(text, download, type) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  Object.assign(made("a"), { href: url, download }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** Give the notebook as a file. @param {string} title @param {Note[]} notes */
export function save(title, notes) {
  give(fileOf(title, notes), "mijn-schrift.html", "text/html");
  say("Je schrift is nu een bestand. Wie het bestand heeft, kan het lezen.");
}

/** A field shows only so much of a long text, and a fold nothing; on paper all of it. @param {ParentNode} root */
function unfold(root) {
  const folds = [...root.querySelectorAll("details:not([open])")].filter((fold) => fold.querySelector("[data-keep]"));
  const open = (/** @type {boolean} */ isOpen) => folds.forEach((fold) => fold.toggleAttribute("open", isOpen));
  open(true);
  addEventListener("afterprint", () => open(false), { once: true });
  for (const area of root.querySelectorAll("textarea")) area.style.height = `${area.scrollHeight + 4}px`;
}

/** Also who prints with the browser's own menu gets all of it. @param {ParentNode} root */
export const watchPrinting = (root) => addEventListener("beforeprint", () => unfold(root));

/** Older browsers say nothing before they print. @param {ParentNode} root */
export function print(root) {
  unfold(root);
  window.print();
}

/** Is it a day, as a field for one has it? @param {string} text */
export const isDay = (text) => /^\d{4}-\d{2}-\d{2}$/.test(text);

/** '12 maart 2027' @param {string} day */
export const inWords = (day) =>
  new Date(`${day}T12:00`).toLocaleDateString("nl-NL", { day: "numeric", month: "long", year: "numeric" });

/** Wipe, at one press where it is somebody else's phone. @param {Whose} whose @param {() => Promise<void>} wipe */
export async function wipeAsked(whose, wipe) {
  if (whose === "mine" && !(await ask(WIPE))) return;
  await wipe();
  say("Alles is gewist.");
}

/**
 * Let somebody pick, only one where the exercise says so, and see who will read it.
 * @param {Note[]} notes @param {boolean} onlyOne @returns {Promise<string[]>}
 */
function pick(notes, onlyOne) {
  const dialog = the("dialog#share");
  const go = the("button[value='yes']", dialog);
  const type = onlyOne ? "radio" : "checkbox";
  const boxes = notes.map(({ value }) => Object.assign(made("input"), { type, name: "pick", value }));
  const rows = boxes.map((box) => {
    const row = made("label");
    row.append(box, " ", made("span", box.value, "note-text"));
    return row;
  });
  const picked = () => boxes.filter(({ checked }) => checked).map(({ value }) => value);
  const count = () => (go.disabled = !picked().length);
  for (const box of boxes) box.addEventListener("change", count);
  the("[data-picks]", dialog).replaceChildren(...rows);
  count();
  return new Promise((resolve) => {
    dialog.returnValue = "no";
    const closed = () => {
      resolve(dialog.returnValue === "yes" ? picked() : []);
      the("[data-picks]", dialog).replaceChildren();
    };
    dialog.addEventListener("close", closed, { once: true });
    dialog.showModal();
  });
}

/**
 * Bring the question and the tools of a live page to life. Returns what to call after each change of the page.
 * @param {HTMLElement} main
 * @param {{notebook: import("./keeping.js").Notebook, keeping: import("./keeping.js").Keeping, share: (texts: string[]) => Promise<void>}} parts
 */
export function showTools(main, { notebook, keeping, share }) {
  const question = the("#whose");
  const tools = the("#notebook");
  const { bookTitle = "", bookUntil = "" } = main.dataset;
  the("[data-until]", tools).textContent = inWords(bookUntil);
  the("[data-host]", tools).textContent = location.host;
  // Once the meeting is over the phone lies about: what stands in the notebook is covered until somebody asks for it.
  let isRead = false;
  /** @param {string} name @param {() => void} action */
  const on = (name, action) => the(`[data-${name}]`, tools).addEventListener("click", action);

  function show() {
    const marked = keeping.look();
    const isOver = main.querySelector("[data-over]") !== null;
    const whose = notebook.whose();
    const written = notebook.notes().filter(isWritten);
    question.hidden = notebook.isClosed() || Boolean(whose) || !(marked.length || (isOver && written.length));
    tools.hidden = notebook.isClosed() || (isOver ? !written.length : !marked.length);
    for (const line of tools.querySelectorAll("[data-whose-is]")) line.hidden = line.dataset.whoseIs !== whose;
    // By what the page shows: the last word of it may not be in the notebook yet.
    const typed = marked.some((element) => element.matches(TYPED) && "value" in element && String(element.value).trim());
    the("[data-share]", tools).hidden = !main.querySelector("[data-shares]") || !typed;
    const notes = the("[data-notes]", tools);
    if (isOver && isRead) showNotes(notes, written);
    else notes.replaceChildren();
    notes.hidden = !notes.hasChildNodes();
    const read = the("[data-read]", tools);
    read.hidden = !isOver;
    read.textContent = isRead ? "Verberg mijn schrift" : "Lees mijn schrift";
    read.setAttribute("aria-expanded", String(isRead));
  }

  /** What was written on this page: no drawing, and no tick. */
  function texts() {
    const here = new Set(keeping.elements.filter((element) => element.matches(TYPED)).map(({ dataset }) => dataset.keep));
    return notebook.notes().filter((note) => here.has(note.name) && isWritten(note));
  }

  async function shareSome() {
    keeping.write();
    const picked = await pick(texts(), main.querySelector("[data-shares-one]") !== null);
    if (picked.length) await share(picked);
  }

  for (const button of question.querySelectorAll("[data-whose]")) {
    button.addEventListener("click", async () => {
      keeping.write();
      if (button.dataset.whose === "mine") await notebook.keep();
      else notebook.stay();
      const isElsewhere = ![button, document.body].includes(/** @type {HTMLElement} */ (document.activeElement));
      show();
      // The button that had the focus is gone: who listens reads on with what the answer changed. Who went on meanwhile
      // writes already.
      if (!isElsewhere) the("h2", tools).focus();
    });
  }
  on("read", () => {
    isRead = !isRead;
    show();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") return;
    isRead = false;
    show();
  });
  on("save", () => {
    keeping.write();
    save(bookTitle, notebook.notes());
  });
  on("print", () => {
    const wasRead = isRead;
    isRead = true;
    show();
    // Whoever gets the phone back from the printer's dialog finds it as it was.
    const after = () => {
      isRead &&= wasRead;
      show();
    };
    addEventListener("afterprint", after, { once: true });
    print(main);
  });
  watchPrinting(main);
  on("share", shareSome);
  on("wipe", () => wipeAsked(notebook.whose(), () => keeping.wipe()).then(show));
  return show;
}
