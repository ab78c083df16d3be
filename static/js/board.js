// A board of cards on control: choose some, and then press what to do with them; or drag them.
import { around } from "./elements.js";
import { argsOf } from "./forms.js";

// More do not fit in one message.
const MOST = 60;

/** @param {ParentNode} board */
const picked = (board) => [...board.querySelectorAll("input[data-pick]:checked")].map(({ value }) => value);

/** What a button or form of a board is about: the cards that are chosen now. @param {Element} asked @returns {Fields} */
export function picks(asked) {
  const board = asked.closest("[data-board]");
  return board && asked.hasAttribute("data-picked") ? { id: picked(board) } : {};
}

/** Nothing is chosen any more. @param {Element | null} board */
export function unpick(board) {
  if (!board) return;
  for (const box of board.querySelectorAll("input[data-pick]:checked")) box.checked = false;
  count(board);
}

/** Says how many are chosen; only what can be done with so many can be pressed. @param {Element} board */
function count(board) {
  const number = picked(board).length;
  const words = number > MOST ? `${number} gekozen, hoogstens ${MOST}` : number ? `${number} gekozen` : "Kies kaarten";
  const said = board.querySelector("[data-board-count]");
  if (said && said.textContent !== words) said.textContent = words;
  for (const asked of board.querySelectorAll("[data-picked]")) {
    const { least = 1, most = MOST, not } = asked.dataset;
    const unfit = not && board.querySelector(`[data-pick="${CSS.escape(not)}"]:checked`);
    const off = Boolean(unfit) || number < Number(least) || number > Number(most);
    const fields = asked instanceof HTMLFormElement ? asked.elements : [asked];
    for (const field of fields) if ("disabled" in field) field.disabled = off;
  }
  for (const button of board.querySelectorAll("button[data-unpick]")) button.disabled = !number;
}

/** To be called after every morph. @param {ParentNode} root */
export function enhanceBoards(root) {
  for (const board of root.querySelectorAll("[data-board]")) count(board);
}

const ARROWS = new Map([
  ["ArrowRight", 1],
  ["ArrowDown", 1],
  ["ArrowLeft", -1],
  ["ArrowUp", -1],
]);

/** Arrows go from card to card. @param {KeyboardEvent} event */
function walk(event) {
  const box = around(event, "input[data-pick]");
  const step = ARROWS.get(event.key);
  const board = box?.closest("[data-board]");
  if (!box || !step || !board) return;
  const boxes = [...board.querySelectorAll("input[data-pick]")];
  event.preventDefault();
  boxes[boxes.indexOf(box) + step]?.focus();
}

/** @param {Element | null} target */
function mark(target) {
  for (const other of document.querySelectorAll("[data-board] .is-over")) if (other !== target) other.classList.remove("is-over");
  target?.classList.add("is-over");
}

/** Where a card may be dropped: on another card, or in a group. @param {Event} event @param {string[]} dragged */
function targetOf(event, dragged) {
  const board = around(event, "[data-board]");
  const card = board?.dataset.dropCommand ? around(event, "[data-card]") : null;
  if (card && !dragged.includes(card.dataset.card ?? "")) return card;
  return around(event, "[data-zone]");
}

/** @param {Command} command */
export function listenBoards(command) {
  /** @type {string[]} */
  let dragged = [];
  document.addEventListener("change", (event) => {
    const board = around(event, "input[data-pick]")?.closest("[data-board]");
    if (board) count(board);
  });
  document.addEventListener("click", (event) => {
    const button = around(event, "button[data-unpick]");
    if (button) unpick(button.closest("[data-board]"));
  });
  document.addEventListener("keydown", walk);
  document.addEventListener("dragstart", (event) => {
    const card = around(event, "[data-board] [data-card]");
    const board = card?.closest("[data-board]");
    if (!card?.dataset.card || !board || !event.dataTransfer) return;
    const chosen = picked(board);
    dragged = chosen.includes(card.dataset.card) ? chosen : [card.dataset.card];
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", "");
  });
  document.addEventListener("dragover", (event) => {
    const target = dragged.length ? targetOf(event, dragged) : null;
    if (target) event.preventDefault();
    mark(target);
  });
  document.addEventListener("drop", async (event) => {
    const target = dragged.length ? targetOf(event, dragged) : null;
    const board = target?.closest("[data-board]");
    if (!target || !board) return;
    event.preventDefault();
    const { card, zone } = target.dataset;
    const done = card
      ? command(board.dataset.dropCommand ?? "", { id: dragged, into: [card] })
      : command(zone ?? "", { ...argsOf(target), id: dragged });
    if (await done) unpick(board);
  });
  document.addEventListener("dragend", () => {
    dragged = [];
    mark(null);
  });
}
