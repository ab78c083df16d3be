// The page 'Voorbereiden': saves each choice at once and stays where it is, and shows what a colleague did meanwhile.
// Without this script each form loads the page anew.
import { around, the } from "./elements.js";
import { submitForm } from "./forms.js";
import { morph, release } from "./morph.js";

const EVERY = 10_000;
const NOT_SAVED = "Niet bewaard. Is er verbinding? Probeer het opnieuw.";
const NO_OWN = { key: "", html: "" };

/** How many answers a form still waits for. @type {Map<HTMLFormElement, number>} */
const waiting = new Map();
/** Requests go one by one: the last answer is then the newest. */
let turn = Promise.resolve();

/** @param {string} text */
const say = (text) => {
  the("#prep-status").textContent = text;
};

/** Shows the parts of the page that came, and tells whether there were any. @param {string} html */
function show(html) {
  const next = new DOMParser().parseFromString(html, "text/html");
  const parts = next.querySelectorAll("[data-part]");
  for (const part of parts) {
    const here = document.getElementById(part.id);
    if (!here) continue;
    morph(here, part.innerHTML, NO_OWN);
    here.toggleAttribute("data-fixed", part.hasAttribute("data-fixed"));
  }
  // It was opened, and of a page for reading only a part came.
  if (next.querySelector("[data-fixed]") && document.querySelector("form[data-save]:not([data-ticks])") && parts.length) location.reload();
  return parts.length > 0;
}

/** What the server answers; without a network it is nothing. @param {HTMLFormElement} form @param {URLSearchParams} body */
async function answered(form, body) {
  try {
    const answer = await fetch(form.action, { method: "POST", body });
    return { ok: answer.ok, html: await answer.text() };
  } catch {
    return { ok: false, html: "" };
  }
}

/** @param {HTMLFormElement} form @param {URLSearchParams} body @param {() => void} undo */
async function send(form, body, undo) {
  const { ok, html } = await answered(form, body);
  const left = (waiting.get(form) ?? 1) - 1;
  waiting.set(form, left);
  // What is ticked meanwhile, and not sent yet, stays.
  if (ok && !left) release(form);
  const shown = show(html);
  if (!ok) undo();
  say(!shown ? NOT_SAVED : ok ? "Bewaard." : "Niet bewaard.");
}

/** @param {HTMLFormElement} form @param {URLSearchParams} body @param {() => void} undo */
function enqueue(form, body, undo = () => {}) {
  waiting.set(form, (waiting.get(form) ?? 0) + 1);
  turn = turn.then(() => send(form, body, undo));
}

/** What every form of this page says. @param {HTMLFormElement} form */
function common(form) {
  const body = new URLSearchParams();
  for (const name of ["csrf_token", "command"]) body.append(name, String(new FormData(form).get(name)));
  return body;
}

document.addEventListener("submit", (event) => {
  const form = around(event, "form[data-save]");
  if (!(form instanceof HTMLFormElement)) return;
  event.preventDefault();
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === "string") body.append(name, value);
  enqueue(form, body);
});

document.addEventListener("change", (event) => {
  const field = around(event, "form[data-save] input");
  if (!(field instanceof HTMLInputElement) || !field.form) return;
  if (field.type === "number") return submitForm(field.form);
  if (field.type !== "checkbox") return;
  const body = common(field.form);
  body.append(field.checked ? "point" : "was", field.value);
  body.append("deel", "klaar");
  const ticked = field.checked;
  enqueue(field.form, body, () => {
    field.checked = !ticked;
  });
});

/** What a colleague ticked. */
async function look() {
  if (document.visibilityState !== "visible" || [...waiting.values()].some(Boolean)) return;
  try {
    const answer = await fetch(`${location.pathname}?deel=klaar`, { cache: "no-store" });
    if (answer.ok && ![...waiting.values()].some(Boolean)) show(await answer.text());
  } catch {
    // No network: nothing is known.
  }
}

// Buttons that save what is saved by itself are for browsers without this script.
document.documentElement.classList.add("saves-itself");
setInterval(look, EVERY);
document.addEventListener("visibilitychange", look);
