import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { act, find, show, turns } from "./page.js";
import { enhanceBoards, listenBoards } from "../../static/js/board.js";
import { listenCommands } from "../../static/js/commands.js";

let sent, answer;
/** A command that waits until the test answers it. */
const command = (name, args) => {
  sent.push({ name, args });
  return new Promise((resolve) => (answer = resolve));
};
listenCommands({ send: () => Promise.resolve({ ok: true }) }, command);
listenBoards(command);

const card = (id) =>
  `<li data-card="${id}" draggable="true"><input type="checkbox" value="${id}" id="pick-${id}" data-pick></li>`;
const tick = (id) => {
  find(`#pick-${id}`).checked = true;
  act(find(`#pick-${id}`), "change");
};
const drag = (id, onto) => {
  act(find(`[data-card=${id}]`), "dragstart", { dataTransfer: { setData() {} } });
  act(find(onto), "dragover");
  act(find(onto), "drop");
};
const off = (selector) => find(selector).disabled;

beforeEach(() => {
  sent = [];
  show(`<div data-board data-drop-command="do:merge"><p data-board-count></p>
    <button id="hold" data-command="do:hold" data-picked></button>
    <button id="merge" data-command="do:merge" data-picked data-least="2"></button>
    <button id="middle" data-command="do:middle" data-picked data-most="1"></button>
    <form data-command="do:move" data-picked><select name="group"><option value="g1"></select><button id="move"></button></form>
    <button id="none" data-unpick></button>
    <div data-zone="do:move" data-arg-group="g2"><ul>${["a", "b", "c"].map(card).join("")}</ul></div></div>
    <div id="toast"></div>`);
  enhanceBoards(document);
});

test("what needs cards cannot be pressed before some are chosen", () => {
  assert.deepEqual(["#hold", "#merge", "#middle", "#move", "#none"].map(off), [true, true, true, true, true]);

  tick("a");
  assert.deepEqual(["#hold", "#merge", "#middle", "#move", "#none"].map(off), [false, true, false, false, false]);

  tick("b");
  assert.deepEqual(["#hold", "#merge", "#middle", "#move", "#none"].map(off), [false, false, true, false, false]);
  assert.equal(find("[data-board-count]").textContent, "2 gekozen");
});

test("one press is about all cards that are chosen, and then none is", async () => {
  tick("a");
  tick("c");
  act(find("#hold"), "click");
  await turns();
  assert.deepEqual(sent, [{ name: "do:hold", args: { id: ["a", "c"] } }]);
  assert.equal(find("#pick-a").checked, true);

  answer(true);
  await turns();
  assert.equal(find("#pick-a").checked || find("#pick-c").checked, false);
});

test("cards stay chosen when it was too late", async () => {
  tick("a");
  act(find("#hold"), "click");
  await turns();
  answer(false);
  await turns();

  assert.equal(find("#pick-a").checked, true);
});

test("a form of the board is about them too", async () => {
  tick("b");
  act(find("form"), "submit", { submitter: find("#move") });
  await turns();

  assert.deepEqual(sent, [{ name: "do:move", args: { group: ["g1"], id: ["b"] } }]);
});

test("a card that is dropped on another goes there, with all that are chosen", () => {
  tick("a");
  tick("b");
  drag("a", "[data-card=c]");

  assert.deepEqual(sent, [{ name: "do:merge", args: { id: ["a", "b"], into: ["c"] } }]);
});

test("a card that is dropped in a part of the board goes there, alone when it is not chosen", () => {
  tick("a");
  drag("b", "[data-zone]");

  assert.deepEqual(sent, [{ name: "do:move", args: { group: ["g2"], id: ["b"] } }]);
});

test("arrows go from card to card and stop at the ends", () => {
  find("#pick-a").focus();
  for (const [key, id] of [["ArrowRight", "b"], ["ArrowDown", "c"], ["ArrowDown", "c"], ["ArrowLeft", "b"]]) {
    act(document.activeElement, "keydown", { key });
    assert.equal(document.activeElement.id, `pick-${id}`);
  }
});

test("a pressed button is busy until its answer, however often it is pressed", async () => {
  tick("a");
  act(find("#hold"), "click");
  await turns();
  const [first] = [answer];
  act(find("#hold"), "click");
  await turns();
  answer(false);
  await turns();
  assert.equal(find("#hold").getAttribute("aria-busy"), "true");

  first(true);
  await turns();
  assert.equal(find("#hold").hasAttribute("aria-busy"), false);
});
