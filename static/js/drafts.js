// What was typed or chosen in a form and not sent yet: it is put back when that form appears again, in this view or
// in one after a reload. Nothing of it is ever sent; on the disk it lies with the outbox, under the same lock.
import { TYPED } from "./forms.js";
import { uuid4 } from "./ids.js";
import { isChanged, touch } from "./morph.js";

/** Forms that send themselves have nothing that waits. */
export const FORMS = "form[data-post]:not([data-auto])";
// Writing at every key would tell the disk how much was typed.
const PAUSE = 400;

/** @param {Field} field */
const isTicked = (field) => field.matches("[type='radio'], [type='checkbox']");

/** @param {Field} field @returns {string[]} */
function valuesOf(field) {
  if (field instanceof HTMLSelectElement) return [...field.selectedOptions].map(({ value }) => value);
  if (field instanceof HTMLFieldSetElement) return [];
  return !isTicked(field) || (field instanceof HTMLInputElement && field.checked) ? [field.value] : [];
}

/** Which form this is, in whatever view: a step may have several of one item. @param {HTMLFormElement} form */
export function aboutOf(form) {
  const names = new Set([...form.elements].filter(({ type }) => type !== "hidden").map(({ name }) => name));
  return JSON.stringify([form.dataset.step, form.dataset.item ?? "", ...[...names].filter(Boolean).sort()]);
}

/** What a person changed in a form: all that has the name of a field that is not as the page came. @param {HTMLFormElement} form */
function changesIn(form) {
  const changed = new Set([...form.elements].filter(isChanged).map(({ name }) => name));
  /** @type {Fields} */
  const fields = {};
  for (const field of form.elements) {
    if (field.name && changed.has(field.name)) (fields[field.name] ??= []).push(...valuesOf(field));
  }
  return fields;
}

/** @param {HTMLFormElement} form */
const changedText = (form) =>
  [...form.elements]
    .filter((field) => field.matches(TYPED) && isChanged(field))
    .map((field) => valuesOf(field)[0].trim())
    .filter(Boolean)
    .join("\n");

/** Can a text not be missed here, and is it? @param {Field} field */
const isMissing = (field) => field.matches(`:is(${TYPED})[required]`) && !valuesOf(field)[0].trim();

/**
 * What was ticked, as the page says it: a line for each question. Nothing where the form could not be sent yet.
 * @param {HTMLFormElement} form
 */
function changedTicks(form) {
  const fields = [...form.elements];
  if (fields.some(isMissing)) return "";
  /** @type {Map<string, string[]>} */
  const lines = new Map();
  for (const field of fields) {
    if (!(field instanceof HTMLInputElement) || !isTicked(field) || !field.checked || !isChanged(field)) continue;
    const question = field.closest("fieldset")?.querySelector("legend")?.textContent.trim() ?? "";
    // A box without a question says how something is sent, and is no answer.
    const label = question && (field.closest("label")?.textContent ?? "").trim().replace(/\s+/g, " ");
    if (label) lines.set(question, [...(lines.get(question) ?? []), label]);
  }
  return [...lines].map(([question, labels]) => `${question}${/[.:?!]$/.test(question) ? "" : ":"} ${labels.join(", ")}`).join("\n");
}

/** As if a person did it. @param {HTMLFormElement} form @param {Fields} fields */
export function fillForm(form, fields) {
  /** @type {Record<string, number>} */
  const used = {};
  for (const field of form.elements) {
    const values = fields[field.name];
    if (!values) continue;
    if (field instanceof HTMLSelectElement) for (const each of field.options) each.selected = values.includes(each.value);
    else if (field instanceof HTMLInputElement && isTicked(field)) field.checked = values.includes(field.value);
    else if (!(field instanceof HTMLFieldSetElement)) field.value = values[(used[field.name] = (used[field.name] ?? -1) + 1)] ?? "";
    touch(field);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

export class Drafts {
  /** @type {WeakMap<Element, string>} */
  #seen = new WeakMap();
  /** @type {Set<string>} */
  #unwritten = new Set();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** `isFleeting(form)`: may nothing of it be written anywhere? @param {{storage: EntryStorage, isFleeting: (form: HTMLFormElement) => boolean}} parts */
  constructor({ storage, isFleeting }) {
    this.storage = storage;
    this.isFleeting = isFleeting;
  }

  get all() {
    return this.storage.drafts();
  }

  /** The last one: two tabs may both have one. @param {HTMLFormElement} form */
  of(form) {
    const about = aboutOf(form);
    return this.all.findLast((draft) => draft.about === about);
  }

  /** A person did something in a form, on a page that is about `topic`. @param {HTMLFormElement} form @param {string} topic */
  note(form, topic) {
    if (!form.matches(FORMS)) return;
    const old = this.of(form);
    const fields = changesIn(form);
    if (JSON.stringify(fields) === JSON.stringify(old?.fields ?? {})) return;
    if (!Object.keys(fields).length) {
      if (old) this.drop(old.id);
      return;
    }
    const id = old?.id ?? uuid4();
    const more = { text: changedText(form), ticks: changedTicks(form), fleeting: this.isFleeting(form), order: Date.now() };
    this.storage.hold({ id, about: aboutOf(form), topic, fields, ...more });
    this.#unwritten.add(id);
    if (this.#timer === undefined) this.write();
  }

  /** Everything that is not on the disk yet, now. */
  write() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.#unwritten.size) return;
    for (const draft of this.all) if (this.#unwritten.has(draft.id)) this.storage.put(draft);
    this.#unwritten.clear();
    this.#timer = setTimeout(() => this.write(), PAUSE);
  }

  /** After each change of the page: put back what belongs to a form that is new. @param {ParentNode} root @param {string} topic */
  look(root, topic) {
    for (const form of root.querySelectorAll(FORMS)) {
      const about = aboutOf(form);
      const fresh = [...form.elements].filter((field) => field.name && this.#seen.get(field) !== about);
      if (!fresh.length) continue;
      for (const field of fresh) this.#seen.set(field, about);
      const draft = this.of(form);
      // Typed before there was anything to keep it.
      if (!draft || fresh.some((field) => field.matches(TYPED) && isChanged(field))) this.note(form, topic);
      else fillForm(form, draft.fields);
    }
  }

  /** @param {string[]} ids */
  async drop(...ids) {
    await this.storage.remove(...ids);
  }

  /** Forget what an exercise does not keep; were there texts? */
  dropFleeting() {
    const fleeting = this.all.filter((draft) => draft.fleeting);
    if (fleeting.length) this.drop(...fleeting.map(({ id }) => id));
    return fleeting.some(({ text }) => text);
  }
}
