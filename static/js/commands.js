// Trainers' commands: each carries the version that its sender saw, so that nothing advances twice.
import { picks, unpick } from "./board.js";
import { ask } from "./confirm.js";
import { around } from "./elements.js";
import { argsOf, fieldsOf, submitForm } from "./forms.js";
import { release } from "./morph.js";
import { EVENTS } from "./protocol.gen.js";
import { say } from "./toast.js";

const VIEW_PATIENCE = 600;
/** @param {number} ms */
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** The version of the meeting that the person sees; views themselves are numbered more finely. */
const seenVersion = () => Number(document.querySelector("#view > [data-version]")?.dataset.version ?? 0);

/** The last change that the person sees: also one that leaves the buttons what they were. */
const seenChange = () => {
  const { version = 0, changes = version } = document.querySelector("#view > [data-version]")?.dataset ?? {};
  return Number(changes);
};

/** Covering says what is wanted, so that it is never too late. */
export const coverArgs = () => ({ to: [document.querySelector("#view > [data-covered='yes']") ? "no" : "yes"] });

/** @param {number} change */
async function newerThan(change) {
  for (let waited = 0; seenChange() <= change && waited < VIEW_PATIENCE; waited += 20) await pause(20);
}

/** @param {Link} link */
export function makeCommander(link) {
  /** @type {Map<string, {change: number, answer: Promise<boolean>}>} */
  const pending = new Map();
  /** @type {Promise<unknown>} */
  let queue = Promise.resolve();

  /** @type {(version: number, name: string, args: object) => Promise<boolean>} */
  async function transmit(version, name, args) {
    const answer = await link.send(EVENTS.COMMAND, { version, name, args });
    // What was said of an earlier press is over once a new one works.
    say(answer.ok || answer.over ? "" : answer.message || "Dat lukte niet. Probeer het nog eens.");
    return answer.ok;
  }

  /**
   * The next command must not call itself stale because of this one, nor wait once its effect is seen.
   * @type {(change: number, answer: Promise<boolean>) => Promise<void>}
   */
  async function effect(change, answer) {
    let answered = false;
    answer.finally(() => (answered = true));
    while (!answered && seenChange() <= change) await pause(20);
    if (answered && (await answer)) await newerThan(change);
  }

  /** Send a command; a second press is the same one, until the first shows its effect. @type {Command} */
  function command(name, args = {}) {
    const label = name + JSON.stringify(args);
    const first = pending.get(label);
    if (first && seenChange() <= first.change) return Promise.resolve(false);
    const press = { change: seenChange(), answer: Promise.resolve(false) };
    pending.set(label, press);
    const sent = queue.then(() => {
      press.change = seenChange();
      press.answer = transmit(seenVersion(), name, args);
      return effect(press.change, press.answer);
    });
    queue = sent.catch(() => {}).finally(() => pending.get(label) === press && pending.delete(label));
    return sent.then(() => press.answer);
  }
  return command;
}

/**
 * What was sent is done: the keys are for the meeting again. Tab goes on from where it was.
 * @param {HTMLFormElement} form
 */
function letGoOfFocus(form) {
  const active = document.activeElement;
  if (active instanceof HTMLElement && form.contains(active)) active.blur();
}

/** How many answers a button waits for. @type {WeakMap<Element, number>} */
const waiting = new WeakMap();

/** @param {Element} button @param {number} by */
function wait(button, by) {
  const number = (waiting.get(button) ?? 0) + by;
  waiting.set(button, number);
  if (number) button.setAttribute("aria-busy", "true");
  else button.removeAttribute("aria-busy");
}

/**
 * The button is busy until it has its answer and shows what came of it.
 * @template Outcome
 * @param {Element} button @param {Promise<Outcome>} outcome
 */
async function busy(button, outcome) {
  wait(button, 1);
  try {
    return await outcome;
  } finally {
    wait(button, -1);
  }
}

/** Buttons and forms of a control view. @param {Link} link @param {Command} command */
export function listenCommands(link, command) {
  document.addEventListener("click", async (event) => {
    const asked = around(event, "button[data-screens]");
    if (!asked) return;
    const answer = await link.send(EVENTS.SCREENS, { name: asked.dataset.screens });
    if (!answer.ok) say(answer.message);
    // The screens of the room are closed; what control shows small opens again.
    else if (asked.dataset.screens === "close") document.querySelector("iframe#small-screen")?.contentWindow?.location.reload();
  });

  document.addEventListener("click", async (event) => {
    const button = around(event, "button[data-command]");
    if (!button || button.disabled) return;
    event.preventDefault();
    const { command: name, confirm } = button.dataset;
    const args = { ...argsOf(button), ...picks(button) };
    // Pressed with a mouse or a finger: the next space is for the next step, not for this button.
    if (event.detail) button.blur();
    if (!name || (confirm && !(await ask(confirm)))) return;
    if ((await busy(button, command(name, args))) && button.hasAttribute("data-picked")) unpick(button.closest("[data-board]"));
  });

  document.addEventListener("submit", async (event) => {
    const form = around(event, "form");
    if (!form) return;
    const { command: name, confirm, step, item = "" } = form.dataset;
    if (!name && !form.hasAttribute("data-post")) return;
    event.preventDefault();
    const fields = fieldsOf(form, event.submitter);
    if (confirm && !(await ask(confirm))) return;
    if (name) {
      const args = { ...argsOf(form), ...fields, ...picks(form) };
      if (!(await busy(event.submitter ?? form, command(name, args)))) return;
      if (form.hasAttribute("data-picked")) unpick(form.closest("[data-board]"));
      release(form);
      letGoOfFocus(form);
      if (form.hasAttribute("data-clear")) form.reset();
    } else {
      const sent = link.send(EVENTS.ENTER, { step, item, form: fields });
      const answer = await busy(event.submitter ?? form, sent);
      say(answer.ok ? "Ingevoerd." : answer.message);
      if (!answer.ok) return;
      form.reset();
      release(form);
      letGoOfFocus(form);
    }
  });

  document.addEventListener("change", (event) => {
    const form = around(event, "form[data-command][data-auto]");
    if (form) submitForm(form);
  });
}
