// A plan that saves itself: what is typed goes to the server when its writer pauses or leaves the field, and what
// others wrote comes back. A field in which somebody types never changes under their hands. The server decides what
// becomes of a text; here is only what it has, and what it has not heard of yet.
import { Idiomorph } from "../vendor/idiomorph.esm.js";
import { around, the } from "./elements.js";

const PAUSE = 1200;
const LOOK_EVERY = 8000;
const AGAIN_AFTER = [1000, 2000, 4000, 8000];
const MOST_TRIED = 6;
const NOT_YET = "Nog niet bewaard";
const SAVED = "Bewaard";
const BUSY = "Bezig met bewaren";
const ALL_SAVED = "Alles is bewaard. Dat gaat vanzelf.";
const NO_NETWORK = "Nog niet bewaard: er is geen verbinding. We proberen het zo weer.";
const NO_RIGHT = "Je mag dit plan niet meer veranderen. Kopieer je tekst en laad de pagina opnieuw.";

const body = the("#plan-body");
const address = body.dataset.address ?? "";

/** What the server has of a field, as far as its writer saw: the text and its version. @type {Map<string, {text: string, seen: string}>} */
const known = new Map();
/** What was sent, and of which nothing was heard yet. @type {Map<string, string[]>} */
const unheard = new Map();
/** What this person wrote, and stands beside the text of somebody else. @type {Map<string, string>} */
const aside = new Map();
/** What the server does not take. @type {Map<string, string>} */
const refused = new Map();
/** What buttons asked for while another answer was awaited. @type {string[]} */
const waiting = [];
/** Fields that a view leaves alone. @type {Set<Element>} */
let held = new Set();
let busy = false;
let lost = false;
let failures = 0;
let timer = 0;

/** @param {ParentNode} root */
const fieldsIn = (root) => [...root.querySelectorAll("textarea[name^='t:']")].filter((each) => each instanceof HTMLTextAreaElement);
/** @param {HTMLTextAreaElement} field */
const keyOf = (field) => field.name.slice(2);
/** @param {string} key @param {ParentNode} root */
const boxOf = (key, root = document) => root.querySelector(`[data-key="${CSS.escape(key)}"]`);
/** @param {ParentNode} root @param {string} key */
const versionIn = (root, key) => /** @type {HTMLInputElement | null} */ (root.querySelector(`input[name="s:${CSS.escape(key)}"]`))?.value ?? "";

/** @param {HTMLTextAreaElement} field */
function isUnsaved(field) {
  const key = keyOf(field);
  return ![known.get(key)?.text, refused.get(key), aside.get(key)].includes(field.value);
}

/** @param {ParentNode} root @param {(field: HTMLTextAreaElement) => boolean} which */
function learn(root, which) {
  for (const field of fieldsIn(root)) {
    if (which(field)) known.set(keyOf(field), { text: field.defaultValue, seen: versionIn(root, keyOf(field)) });
  }
}

/** @param {string} key @param {string} words @param {string} state */
function say(key, words, state = "") {
  const place = boxOf(key)?.querySelector("p.plan-said");
  if (!place) return;
  place.textContent = words;
  place.setAttribute("data-state", state);
}

/** @param {string} words */
function sayOfAll(words) {
  const place = the("[data-all]", body);
  if (place.textContent !== words) place.textContent = words;
}

/** To who cannot see it. @param {string} words */
function announce(words) {
  const place = the("#plan-live");
  place.textContent = "";
  setTimeout(() => (place.textContent = words), 50);
}

/** Is the writer of this field not done with it? @param {HTMLTextAreaElement} field */
const isHeld = (field) => field === document.activeElement || isUnsaved(field) || refused.get(keyOf(field)) === field.value;

/** What became of what was sent. @param {Document} next @param {Map<string, string>} sent */
function hear(next, sent) {
  for (const [key, text] of sent) {
    const said = boxOf(key, next)?.dataset.said;
    unheard.delete(key);
    if (said === "saved") {
      known.set(key, { text, seen: versionIn(next, key) });
      aside.delete(key);
    } else if (said === "beside") aside.set(key, text);
    else refused.set(key, text);
  }
}

/** Whoever is done with a text that stands beside another, sees what stands in the plan. @param {Document} next */
function release(next) {
  for (const mine of fieldsIn(body)) {
    const key = keyOf(mine);
    const theirs = fieldsIn(next).find((each) => keyOf(each) === key);
    if (aside.get(key) !== mine.value || mine === document.activeElement || !theirs) continue;
    aside.delete(key);
    mine.value = theirs.defaultValue;
    known.set(key, { text: theirs.defaultValue, seen: versionIn(next, key) });
  }
}

/** @param {string} html @param {Map<string, string>} sent */
function show(html, sent) {
  const next = new DOMParser().parseFromString(html, "text/html");
  hear(next, sent);
  release(next);
  held = new Set(fieldsIn(body).filter(isHeld));
  const kept = new Set(fieldsIn(body).filter((field) => held.has(field)).map(keyOf));
  learn(next, (field) => !kept.has(keyOf(field)));
  Idiomorph.morph(body, [...next.body.childNodes], { morphStyle: "innerHTML", callbacks });
  for (const field of fieldsIn(body)) if (isUnsaved(field)) say(keyOf(field), NOT_YET);
  const { go } = the("form#plan", body).dataset;
  if (go) arrive(go);
}

const callbacks = {
  // What the server says of the whole is for a page without a script: here the fields save themselves.
  /** @param {Node} old */
  beforeNodeMorphed: (old) => !(old instanceof Element && (held.has(old) || old.matches("[data-all]"))),
  // Somebody else removed a row in which this person types: once it is saved, it is there again.
  /** @param {Node} old */
  beforeNodeRemoved: (old) => ![...held].some((field) => old.contains(field)),
  /** @param {string} name @param {Element} element */
  beforeAttributeUpdated: (name, element) => !(name === "open" && element.localName === "details"),
};

/** @param {string} id */
function arrive(id) {
  const target = document.getElementById(id);
  target?.focus();
  target?.scrollIntoView({ block: "nearest" });
}

/** @param {URLSearchParams} form */
async function ask(form) {
  const answer = await fetch(address, { method: "POST", body: form, headers: { "X-Kwartier-Fragment": "yes" }, redirect: "manual", keepalive: form.toString().length < 60_000 });
  if (answer.ok) return answer.text();
  if (answer.status >= 500) throw new Error("busy");
  giveUp();
  return null;
}

/** All that is not saved, as it is sent. @param {string} act */
function collected(act) {
  const form = new URLSearchParams({ csrf_token: the("input[name='csrf_token']", body).value, do: act });
  /** @type {Map<string, string>} */
  const sent = new Map();
  for (const field of fieldsIn(body).filter(isUnsaved)) {
    const key = keyOf(field);
    form.set(`t:${key}`, field.value);
    form.set(`s:${key}`, known.get(key)?.seen ?? "");
    const beside = aside.get(key);
    for (const before of [...(beside === undefined ? [] : [beside]), ...(unheard.get(key) ?? [])]) form.append(`r:${key}`, before);
    sent.set(key, field.value);
  }
  return { form, sent };
}

/** Sends what is not saved, and what a button asks for; an urgent page waits for no answer. @param {string} act */
async function save(act = "", urgent = false) {
  clearTimeout(timer);
  if (busy && act) waiting.push(act);
  if (lost || (busy && !urgent)) return;
  const { form, sent } = collected(act);
  if (!sent.size && !act) return;
  busy = true;
  for (const [key, text] of sent) {
    say(key, BUSY);
    unheard.set(key, [...(unheard.get(key) ?? []), text].slice(-MOST_TRIED));
  }
  const html = await ask(form).catch(() => undefined);
  goOn();
  if (html === undefined) tryAgain(sent);
  else {
    failures = 0;
    if (html !== null) show(html, sent);
    tell(sent);
  }
}

function goOn() {
  busy = false;
  const act = waiting.shift();
  // After this answer was looked at.
  if (act !== undefined) setTimeout(() => save(act), 0);
}

/** Perhaps it was saved, and only the answer was lost. @param {Map<string, string>} sent */
function tryAgain(sent) {
  for (const key of sent.keys()) say(key, NOT_YET);
  sayOfAll(NO_NETWORK);
  announce(NO_NETWORK);
  timer = setTimeout(save, AGAIN_AFTER[Math.min(failures, AGAIN_AFTER.length - 1)]);
  failures += 1;
}

/** Says how it went. @param {Map<string, string>} sent */
function tell(sent) {
  if (lost) {
    sayOfAll(NO_RIGHT);
    announce(NO_RIGHT);
    return;
  }
  const told = the("[data-told]", body).textContent?.trim() ?? "";
  const said = [...sent.keys()].map((key) => boxOf(key)?.querySelector("p.plan-said")?.textContent ?? "");
  const other = said.find((words) => ![SAVED, NOT_YET, ""].includes(words));
  announce(told || other || SAVED);
  if (fieldsIn(body).some(isUnsaved)) timer = setTimeout(save, PAUSE);
  else sayOfAll(told || ALL_SAVED);
}

function giveUp() {
  lost = true;
  tell(new Map());
}

async function look() {
  const isAsking = body.querySelector("[data-asks]") !== null;
  if (document.visibilityState !== "visible" || busy || lost || isAsking) return;
  try {
    const answer = await fetch(`${address}/nu`, { cache: "no-store", redirect: "manual" });
    if (answer.ok && !busy) show(await answer.text(), new Map());
    else if (!answer.ok && answer.status < 500) giveUp();
  } catch {
    // No network: nothing is known.
  }
}

the("body").insertAdjacentHTML("beforeend", '<p class="visually-hidden" id="plan-live" role="status"></p>');
learn(body, () => true);
sayOfAll(ALL_SAVED);

body.addEventListener("input", (event) => {
  const field = around(event, "textarea");
  if (!field) return;
  refused.delete(keyOf(field));
  say(keyOf(field), NOT_YET);
  sayOfAll(NOT_YET);
  clearTimeout(timer);
  timer = setTimeout(save, PAUSE);
});
body.addEventListener("focusout", (event) => {
  const field = around(event, "textarea");
  if (!field) return;
  if (isUnsaved(field)) save();
  // Now that nobody types in it, it may show what others wrote.
  else if (aside.has(keyOf(field))) setTimeout(look, 0);
});
body.addEventListener("submit", (event) => {
  event.preventDefault();
  save(event.submitter instanceof HTMLButtonElement ? event.submitter.value : "");
});
addEventListener("pagehide", () => save("", true));
addEventListener("online", () => save());
document.addEventListener("visibilitychange", () => (document.visibilityState === "visible" ? look() : save("", true)));
addEventListener("beforeunload", (event) => {
  if (!lost && fieldsIn(body).some(isUnsaved)) event.preventDefault();
});
setInterval(look, LOOK_EVERY);
