// Keys of screen and control, and of the clicker that is plugged into the laptop.
import { coverArgs } from "./commands.js";

/** @typedef {"next" | "back" | "cover" | "full" | "join" | "help"} Name */

/** @type {Record<string, Name>} */
const KEYS = {
  PageDown: "next",
  ArrowRight: "next",
  " ": "next",
  PageUp: "back",
  ArrowLeft: "back",
  b: "cover",
  ".": "cover",
  f: "full",
  j: "join",
  "?": "help",
};

// What a clicker sends: it must work wherever the laptop was left, also in a field or with the keys shown.
const CLICKER = new Set(["PageDown", "PageUp"]);
const FIELD = "input, textarea, select, [contenteditable]";
const PRESSABLE = "button, a, summary";

/**
 * Does the page wait for an answer, or is somebody typing? The help is no question: a clicker closes it.
 * @param {string} key @param {Element} target
 */
function isBusy(key, target) {
  const open = document.querySelector("dialog[open]");
  if (!CLICKER.has(key)) return open || target.matches(FIELD);
  if (open?.id === "help") open.close();
  return open && open.id !== "help";
}

/**
 * Call `actions[name]` for the keys above, but never while somebody is typing or answering a question.
 * @param {Record<Name, () => unknown>} actions
 */
export function listenKeys(actions) {
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const target = event.target instanceof Element ? event.target : document.body;
    if (event.key === "F5" && document.documentElement.dataset.connection === "online") {
      // A clicker sends F5 to start a show. Here the show is on already; Ctrl+R still reloads.
      event.preventDefault();
      if (!event.repeat) actions.full();
      return;
    }
    if (isBusy(event.key, target)) return;
    if (event.key === " " && target.closest(PRESSABLE)) return;
    const name = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (name) {
      event.preventDefault();
      if (!event.repeat) actions[name]();
      return;
    }
    pressNamedButton(event);
  });
}

/** The same keys do the same on control and on the screen. @param {Command} command */
export const listenRoomKeys = (command) =>
  listenKeys({
    next: () => command("next"),
    back: () => command("back"),
    cover: () => command("cover", coverArgs()),
    join: () => command("join"),
    full: toggleFullScreen,
    help: showHelp,
  });

/** Kinds may give a button a key of its own: `<button data-key="t">`. @param {KeyboardEvent} event */
function pressNamedButton(event) {
  if (event.key.length !== 1 || event.repeat) return;
  const button = document.querySelector(`button[data-key="${CSS.escape(event.key.toLowerCase())}"]:not(:disabled)`);
  if (!button) return;
  event.preventDefault();
  button.click();
}

/** A page that is loaded again cannot go back to it by itself. */
export const isFullScreen = () => Boolean(document.fullscreenElement);

export function toggleFullScreen() {
  if (isFullScreen()) document.exitFullscreen();
  else document.documentElement.requestFullscreen?.().catch(() => {});
}

export function showHelp() {
  const help = document.querySelector("dialog#help");
  if (help && !help.open) help.showModal();
}
