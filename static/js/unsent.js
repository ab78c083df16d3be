// Texts that cannot be sent, or not now: they can be copied and thrown away.
import { copy } from "./clipboard.js";
import { FORMS } from "./drafts.js";
import { the } from "./elements.js";
import { typedText } from "./forms.js";
import { say } from "./toast.js";

/** What was typed, or else what was ticked. @typedef {{id: string, reason: string, text: string, ticks?: string}} Unsent */

/** @type {(text: string, action: () => void, look?: string) => HTMLButtonElement} */
const button = (text, action, look = "") => {
  const element = document.createElement("button");
  element.type = "button";
  element.className = `button ${look}`.trim();
  element.textContent = text;
  element.addEventListener("click", action);
  return element;
};

/** @type {(text: string) => HTMLElement} */
const paragraph = (text) => Object.assign(document.createElement("p"), { textContent: text });

/** @param {string} text */
function areaWith(text) {
  const area = document.createElement("textarea");
  area.readOnly = true;
  area.autocomplete = "off";
  area.value = text;
  area.setAttribute("aria-label", "Je tekst");
  return area;
}

/** @param {HTMLTextAreaElement} area */
async function give(area) {
  if (await copy(area)) say("De tekst is gekopieerd.");
  else say("Kopiëren lukt niet. Houd je vinger op de tekst om hem te kopiëren.");
}

/** @param {string} text */
function ticked(text) {
  const list = document.createElement("ul");
  list.append(...text.split("\n").map((line) => Object.assign(document.createElement("li"), { textContent: line })));
  return list;
}

/** @type {(unsent: Unsent, drop: (id: string) => void) => HTMLElement[]} */
function contents({ id, reason, text, ticks = "" }, drop) {
  const area = text ? areaWith(text) : null;
  const row = document.createElement("div");
  row.className = "row";
  if (area) row.append(button("Kopieer de tekst", () => give(area)));
  row.append(button("Weg ermee", () => drop(id), "button--quiet"));
  return [paragraph(reason), area ?? ticked(ticks), row];
}

/** @type {(unsent: Unsent, drop: (id: string) => void) => HTMLElement} */
function card(unsent, drop) {
  const box = document.createElement("div");
  box.className = "late card stack";
  const title = paragraph("");
  title.append(Object.assign(document.createElement("strong"), { textContent: "Niet verstuurd" }));
  box.append(title, ...contents(unsent, drop));
  return box;
}

/** Closed, for it is about something else than what the page shows. @type {(unsent: Unsent, drop: (id: string) => void) => HTMLElement} */
function fold(unsent, drop) {
  const box = document.createElement("details");
  box.className = "card fold no-print";
  const inside = document.createElement("div");
  inside.className = "stack";
  inside.append(...contents(unsent, drop));
  box.append(Object.assign(document.createElement("summary"), { textContent: "Niet verstuurd, van eerder" }), inside);
  return box;
}

/** @type {(list: HTMLElement, wanted: Unsent[], make: typeof card, drop: (id: string) => void) => void} */
function bring(list, wanted, make, drop) {
  const kept = new Set(wanted.map(({ id }) => id));
  for (const each of list.querySelectorAll(":scope > *")) if (!kept.has(each.dataset.id ?? "")) each.remove();
  const shown = new Set([...list.querySelectorAll(":scope > *")].map((each) => each.dataset.id));
  for (const each of wanted) {
    if (shown.has(each.id)) continue;
    const made = make(each, drop);
    made.dataset.id = each.id;
    list.append(made);
  }
}

/** Beside a button that sends nothing now, one that copies. @param {HTMLFormElement} form @param {boolean} wanted */
function offerCopy(form, wanted) {
  const there = form.querySelector(".copy-draft");
  if (!wanted) there?.remove();
  if (!wanted || there) return;
  const row = document.createElement("p");
  row.className = "copy-draft";
  row.append(button("Kopieer de tekst", () => copyFrom(form)));
  form.append(row);
}

/** @param {HTMLFormElement} form */
async function copyFrom(form) {
  const area = areaWith(typedText(form));
  area.className = "visually-hidden";
  form.after(area);
  await give(area);
  area.remove();
}

const REFUSED = "Je tekst staat hieronder. Zo kun je hem bewaren.";
const SHUT = "Hier kun je nu niets insturen.";
const AWAY = "Deze tekst is niet verstuurd. Komt de oefening terug? Dan staat hij weer in het veld.";
const TICKED = "Deze keuzes zijn niet verstuurd. Komt de oefening terug? Dan staan ze er weer.";

/** @param {HTMLFormElement} form */
const isShut = (form) => {
  const buttons = [...form.querySelectorAll("button")].filter(({ type }) => type === "submit");
  return buttons.length > 0 && buttons.every(({ disabled }) => disabled);
};

/**
 * Bring the page up to date: texts that came too late and those that lost their form on top, below the view those of
 * other exercises, and in a form that sends nothing a button to copy what stands there.
 * @param {ParentNode} root @param {string} topic what the page is about
 * @param {{late: Entry[], drafts: import("./drafts.js").Drafts, drop: (id: string) => void}} what
 */
export function showUnsent(root, topic, { late, drafts, drop }) {
  const forms = [...root.querySelectorAll(FORMS)];
  const inForm = new Map(forms.map((form) => [drafts.of(form), form]));
  for (const form of forms) offerCopy(form, Boolean(drafts.of(form)?.text) && isShut(form));
  const loose = drafts.all.filter((draft) => (draft.text || draft.ticks) && !inForm.has(draft));
  const cards = late.map(({ id, refusal, text }) => ({ id, reason: `${refusal} ${REFUSED}`, text }));
  const here = loose.filter((draft) => draft.topic === topic);
  const shut = here.map(({ id, text, ticks }) => ({ id, reason: text ? `${SHUT} ${REFUSED}` : `${SHUT} ${TICKED}`, text, ticks }));
  bring(the("#late"), [...cards, ...shut], card, drop);
  const away = loose.filter((draft) => draft.topic !== topic);
  bring(the("#unsent"), away.map(({ id, text, ticks }) => ({ id, reason: text ? AWAY : TICKED, text, ticks })), fold, drop);
}
