import assert from "node:assert/strict";
import { after, beforeEach, test } from "node:test";

import { act, find, show, turns, type } from "./page.js";
import { coverArgs, listenCommands, makeCommander } from "../../static/js/commands.js";
import { say } from "../../static/js/toast.js";

const DONE = { ok: true };
const STALE = { ok: false, retry: false, message: "Je collega was je voor." };
const TICK = 30;

let sent, answers, command;
const link = {
  send(event, data) {
    sent.push({ event, ...data });
    return answers.length ? Promise.resolve(answers.shift()) : new Promise(() => {});
  },
};
listenCommands(link, (name, args) => command(name, args));

const wait = (ms) => new Promise((resolve) => void setTimeout(resolve, ms));
const versionIs = (version) => (find("#view > [data-version]").dataset.version = String(version));
const toast = () => find("#toast").textContent;

/** A control page at version 7 of its meeting, with `html` in its view. */
function control(html = "") {
  show(`<main id="view"><div data-version="7" data-covered="no">${html}</div></main><div id="toast"></div>
    <dialog id="confirm"><p data-question></p></dialog>`);
}

beforeEach(() => {
  [sent, answers] = [[], []];
  control();
  command = makeCommander(link);
});

// What still waits here would keep Node waiting too.
after(() => {
  versionIs(99);
  say("");
});

test("a command carries the version that its sender sees", async () => {
  command("go", { to: ["3"] });
  await turns();
  assert.deepEqual(sent, [{ event: "command", version: 7, name: "go", args: { to: ["3"] } }]);
});

test("a second press before the first shows its effect is the same command", async () => {
  command("next");
  assert.equal(await command("next"), false);
  assert.equal(sent.length, 1);
});

test("the same press is a new command once the effect of the first is seen", async () => {
  command("next");
  await turns();
  versionIs(8);
  await wait(TICK);
  command("next");
  await turns();

  assert.deepEqual(sent.map(({ version }) => version), [7, 8]);
});

test("another command waits for the effect of the one before, and is not stale because of it", async () => {
  answers = [DONE];
  command("next");
  command("join");
  await wait(TICK);
  assert.deepEqual(sent.map(({ name }) => name), ["next"]);

  versionIs(8);
  await wait(TICK);
  assert.deepEqual(sent.map(({ name, version }) => [name, version]), [["next", 7], ["join", 8]]);
});

test("another command need not wait for an answer once the effect is seen", async () => {
  command("next");
  command("join");
  await turns();
  versionIs(8);
  await wait(TICK);

  assert.deepEqual(sent.map(({ name }) => name), ["next", "join"]);
});

test("a refused command says why, keeps no other waiting, and may be pressed again", async () => {
  answers = [STALE, STALE];
  assert.equal(await command("next"), false);
  assert.equal(toast(), "Je collega was je voor.");
  await turns();
  command("next");
  await turns();

  assert.equal(sent.length, 2);
});

test("what was said of a refused command is over once one works", async () => {
  answers = [STALE, DONE];
  await command("next");
  await turns();
  command("join");
  await turns();

  assert.equal(toast(), "");
});

test("a command that ended the page itself is no complaint", async () => {
  answers = [{ ok: false, retry: true, message: "Geen verbinding.", over: true }];
  await command("close");
  await turns();

  assert.equal(toast(), "");
});

test("covering says what is wanted: the other of what is seen", () => {
  assert.deepEqual(coverArgs(), { to: ["yes"] });
  find("[data-covered]").dataset.covered = "yes";
  assert.deepEqual(coverArgs(), { to: ["no"] });
});

test("a button sends its command with its arguments, also when a word in it is pressed", async () => {
  control('<button data-command="go" data-arg-to="3"><b>Verder</b></button>');
  assert.equal(act(find("b"), "click"), false);
  await turns();

  assert.deepEqual(sent, [{ event: "command", version: 7, name: "go", args: { to: ["3"] } }]);
});

for (const html of ['<button data-command="go" disabled>Verder</button>', "<button>Verder</button>"]) {
  test(`${html} sends nothing`, async () => {
    control(html);
    document.dispatchEvent(new Event("click"));
    act(find("button"), "click");
    await turns();
    assert.deepEqual(sent, []);
  });
}

for (const [answer, count] of [["yes", 1], ["no", 0]]) {
  test(`a button with a question sends ${count} commands after '${answer}'`, async () => {
    control('<button data-command="stop" data-confirm="Echt stoppen?">Stop</button>');
    act(find("button"), "click");
    await turns();
    assert.equal(find("[data-question]").textContent, "Echt stoppen?");
    assert.equal(sent.length, 0);

    find("#confirm").close(answer);
    await turns();
    assert.equal(sent.length, count);
  });
}

const NOTE = '<form data-command="note" data-arg-step="s1"><input name="text"><button name="how" value="now">Ok</button></form>';

test("a form sends its arguments, its fields and the button that was pressed", async () => {
  control(NOTE);
  type(find("input"), "hallo");
  assert.equal(act(find("form"), "submit", { submitter: find("button") }), false);
  await turns();

  assert.deepEqual(sent[0].args, { step: ["s1"], text: ["hallo"], how: ["now"] });
});

for (const [answer, text] of [[DONE, ""], [STALE, "hallo"]]) {
  test(`a form that is to be cleared holds '${text}' when the answer is ok: ${answer.ok}`, async () => {
    control(NOTE.replace("<form", "<form data-clear"));
    answers = [answer];
    type(find("input"), "hallo");
    act(find("form"), "submit");
    await turns();
    versionIs(8);
    await wait(TICK);

    assert.equal(find("input").value, text);
  });
}

test("a form that sends itself does so when something is chosen", async () => {
  control('<form data-command="set" data-auto><select name="to"><option>1</option><option>2</option></select></form>');
  find("select").value = "2";
  act(find("select"), "change");
  await turns();

  assert.deepEqual(sent[0].args, { to: ["2"] });
});

test("what a trainer enters for a phone goes to its step, and the form is empty for the next", async () => {
  control('<form data-post data-step="s1"><input name="text"></form>');
  answers = [DONE];
  type(find("input"), "van papier");
  act(find("form"), "submit");
  await turns();

  assert.deepEqual(sent, [{ event: "enter", step: "s1", item: "", form: { text: ["van papier"] } }]);
  assert.deepEqual([find("input").value, toast()], ["", "Ingevoerd."]);
});

test("a form that asks first is only entered after a yes", async () => {
  for (const [answer, entered] of [["no", 0], ["yes", 1]]) {
    control('<form data-post data-step="s1" data-confirm="Zeker?"><input name="text"></form>');
    answers = [DONE];
    act(find("form"), "submit");
    assert.equal(find("[data-question]").textContent, "Zeker?");
    find("dialog").close(answer);
    await turns();
    assert.equal(sent.length, entered);
  }
});

test("what could not be entered stays in the form, and the reason is said", async () => {
  control('<form data-post data-step="s1"><input name="text"></form>');
  answers = [STALE];
  type(find("input"), "van papier");
  act(find("form"), "submit");
  await turns();

  assert.deepEqual([find("input").value, toast()], ["van papier", STALE.message]);
});

test("a button for the screens is no command", async () => {
  control('<button data-screens="shut">Sluit schermen</button>');
  answers = [STALE];
  act(find("button"), "click");
  await turns();

  assert.deepEqual(sent, [{ event: "screens", name: "shut" }]);
  assert.equal(toast(), STALE.message);
});
