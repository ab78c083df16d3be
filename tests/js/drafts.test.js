import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

import { act, find, show, type } from "./page.js";
import { Drafts } from "../../static/js/drafts.js";
import { openStorage } from "../../static/js/storage.js";

const TOPIC = "s1/";
let drafts, storage, written;

beforeEach(async () => {
  mock.timers.reset();
  written = [];
  storage = await openStorage("1", "");
  const put = storage.put;
  storage.put = (record, gone) => (written.push(record.text), put(record, gone));
  drafts = new Drafts({ storage, isFleeting: (form) => form.matches("[data-fleeting] *") });
});

const text = '<textarea name="text"></textarea>';
const form = (fields = text, about = 'data-step="s1" data-item=""') => `<main><form data-post ${about}>${fields}</form></main>`;
const see = (html) => drafts.look(show(html), TOPIC);

/** What a person types in the form of the page. */
function write(words, selector = "textarea") {
  type(find(selector), words);
  drafts.note(find(selector).form, TOPIC);
}

test("what was typed stands in its form again, when that comes back", () => {
  see(form());
  write("half getypt");
  see(form(text, 'data-step="s2"'));
  assert.equal(find("textarea").value, "");

  see(form());
  assert.equal(find("textarea").value, "half getypt");
});

for (const about of ['data-step="s1" data-item="2"', 'data-step="s2" data-item=""']) {
  test(`what was typed does not come in a form of ${about}`, () => {
    see(form());
    write("voor s1");
    see(form(text, about));
    assert.equal(find("textarea").value, "");
  });
}

test("two forms of one item keep their own text", () => {
  const both = `<main><form data-post data-step="s1"><textarea name="rood"></textarea></form>
    <form data-post data-step="s1"><textarea name="geel"></textarea></form></main>`;
  see(both);
  write("rode tekst", "[name=rood]");
  write("gele tekst", "[name=geel]");
  see(both);
  assert.deepEqual([find("[name=rood]").value, find("[name=geel]").value], ["rode tekst", "gele tekst"]);
});

test("ticks, choices and menus come back as they were, and what nobody changed stays the server's", () => {
  const fields = (note) => `<input type="checkbox" name="alone" value="ja"><input type="radio" name="mark" value="1" checked>
    <input type="radio" name="mark" value="2"><select name="menu"><option>a</option><option>b</option></select>
    <textarea name="note">${note}</textarea>`;
  see(form(fields("oud")));
  find("[name=alone]").checked = true;
  find("[value='2']").checked = true;
  find("select").selectedIndex = 1;
  act(find("select"), "change");
  drafts.note(find("form"), TOPIC);

  see(form(fields("van de server")));

  const { elements } = find("form");
  assert.deepEqual(
    [elements.alone.checked, find("[value='1']").checked, find("[value='2']").checked, elements.menu.value, elements.note.value],
    [true, false, true, "b", "van de server"],
  );
});

test("several fields of one name keep their order", () => {
  const fields = '<input name="t"><input name="t"><input name="t">';
  see(form(fields));
  write("eerste", "input:first-child");
  write("derde", "input:last-child");
  see(form(fields));
  assert.deepEqual([...find("form").elements].map(({ value }) => value), ["eerste", "", "derde"]);
});

test("a field that comes anew in a form that stayed is filled too", () => {
  see(form());
  write("half getypt");
  find("form").innerHTML = text;
  drafts.look(find("main"), TOPIC);
  assert.equal(find("textarea").value, "half getypt");
});

test("a text that is made empty is no draft any more", () => {
  see(form());
  write("half getypt");
  write("");
  assert.deepEqual(drafts.all, []);
});

test("what was typed before there was a script is kept", () => {
  const page = show(form());
  find("textarea").value = "vroeg";
  drafts.look(page, TOPIC);
  assert.deepEqual(drafts.all.map((draft) => draft.text), ["vroeg"]);
});

test("a form that sends itself has no draft", () => {
  see('<main><form data-post data-auto data-step="s1"><input type="radio" name="c" value="1"></form></main>');
  find("input").checked = true;
  drafts.note(find("form"), TOPIC);
  assert.deepEqual(drafts.all, []);
});

test("a post takes the place of its draft", async () => {
  see(form());
  write("klaar");
  await storage.put({ id: "e1", form: {}, text: "klaar", order: 1 }, [drafts.of(find("form")).id]);
  assert.deepEqual([storage.all().map(({ id }) => id), drafts.all], [["e1"], []]);
});

test("a text is written at once, and what follows soon is written together", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  see(form());
  for (const words of ["h", "ha", "hal"]) write(words);
  assert.deepEqual(written, ["h"]);
  mock.timers.tick(400);
  assert.deepEqual(written, ["h", "hal"]);
  write("hallo");
  drafts.write();
  assert.deepEqual(written, ["h", "hal", "hallo"]);
});

test("a draft that went is not written any more", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  see(form());
  write("h");
  write("ha");
  await drafts.drop(drafts.of(find("form")).id);
  mock.timers.tick(400);
  assert.deepEqual([written, drafts.all], [["h"], []]);
});

test("what an exercise does not keep is dropped, and that there was a text is told", () => {
  see(form());
  write("blijft");
  see(`<main data-fleeting><form data-post data-step="s2">${text}</form></main>`);
  write("vluchtig");

  assert.deepEqual([drafts.dropFleeting(), drafts.dropFleeting()], [true, false]);
  assert.deepEqual(drafts.all.map((draft) => draft.text), ["blijft"]);
});

test("what is wiped does not come back", async () => {
  see(form());
  write("half getypt");
  await storage.wipe();
  see(form());
  assert.equal(find("textarea").value, "");
});

const LIST = `<fieldset><legend>Met jezelf</legend><label><input type="checkbox" name="w" value="1"> <span>moed</span></label>
  <label><input type="checkbox" name="w" value="2"> <span>hoop  houden</span></label></fieldset>
  <fieldset><legend>Hoe was het tempo?</legend><label><input type="radio" name="t" value="1"> te snel</label></fieldset>`;
const ALONE = '<label class="alone"><input type="checkbox" name="alone" value="ja"> Mag ook alleen</label>';

/** What a draft says after these were ticked. */
function tick(fields, ...selectors) {
  see(form(fields));
  for (const selector of selectors) find(selector).checked = true;
  drafts.note(find("form"), TOPIC);
  return drafts.all.map((draft) => draft.ticks);
}

test("what was ticked is told as the page says it, a line for each question", () => {
  assert.deepEqual(tick(LIST, "[value='2']", "[name=t]"), ["Met jezelf: hoop houden\nHoe was het tempo? te snel"]);
});

test("a box that says how something is sent is no answer", () => {
  assert.deepEqual(tick(ALONE, "[name=alone]"), [""]);
});

test("what was ticked in a form that still misses its text could not be sent", () => {
  assert.deepEqual(tick(`${LIST}<textarea name="text" required></textarea>`, "[name=t]"), [""]);
});
