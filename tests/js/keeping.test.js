import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

import { find, show, type } from "./page.js";

// It would wait for other tabs for ever.
delete globalThis.BroadcastChannel;
globalThis.CustomEvent = globalThis.window.CustomEvent;
const { Keeping } = await import("../../static/js/keeping.js");

const view = show('<main id="view"></main>');
let keeping, notes, puts;

beforeEach(() => {
  mock.timers.reset();
  [notes, puts] = [new Map(), []];
  const notebook = {
    get: (name) => notes.get(name),
    put: (...written) => {
      puts.push(written.map(({ name, value }) => [name, value]));
      for (const note of written) notes.set(note.name, note);
    },
    wipe: async () => notes.clear(),
  };
  keeping = new Keeping(view, notebook);
  document.body.append(view);
});

const field = '<label for="d">Mijn droom</label><textarea id="d" data-keep="droom"></textarea>';

/** The page shows something else. */
function see(html) {
  view.innerHTML = `<div class="phone-kind"><h2>Mijn verhaal</h2>${html}</div>`;
  keeping.look();
}

function write(text, selector = "textarea") {
  type(find(selector), text);
  keeping.note(find(selector));
}

test("what was written stands in its field again, with what it is called on paper", () => {
  see(field);
  write("een huisje");
  see("<p>iets anders</p>");
  see(field);

  assert.equal(find("textarea").value, "een huisje");
  assert.deepEqual(notes.get("droom"), { name: "droom", heading: "Mijn verhaal", label: "Mijn droom", drawn: false, value: "een huisje", page: ["droom"] });
});

test("ticks, choices and menus come back as they were", () => {
  const fields = `<input type="checkbox" data-keep="samen" value="ja"><input type="radio" data-keep="kleur" value="rood">
    <input type="radio" data-keep="kleur" value="blauw"><select data-keep="maand"><option>mei</option><option>juni</option></select>`;
  see(fields);
  find("[value=ja]").checked = find("[value=blauw]").checked = true;
  find("select").selectedIndex = 1;
  for (const each of view.querySelectorAll("[data-keep]")) keeping.note(each);
  keeping.write();

  see(fields);

  assert.deepEqual(
    [find("[value=ja]").checked, find("[value=rood]").checked, find("[value=blauw]").checked, find("select").value],
    [true, false, true, "juni"],
  );
});

test("a field that was made empty is kept so", () => {
  see(field);
  write("een huisje");
  write("");
  see(field);
  assert.equal(find("textarea").value, "");
});

test("what was written just before its field went away is there when it comes back", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  see(field);
  write("een");
  write("een huisje");
  see(field);
  assert.equal(find("textarea").value, "een huisje");
});

test("what is written soon after each other goes to the disk together, and at once when the page goes", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  see(`${field}<input data-keep="stap">`);
  write("e");
  write("ee");
  write("stap", "input");
  assert.deepEqual(puts, [[["droom", "e"]]]);
  keeping.write();
  assert.deepEqual(puts[1], [["droom", "ee"], ["stap", "stap"]]);
});

for (const [where, html] of [
  ["in a form", `<form data-post>${field}</form>`],
  ["that names a form", `<form id="f" data-post></form>${field.replace("<textarea", '<textarea form="f"')}`],
]) {
  test(`a field ${where} is refused: not filled, not kept, and cannot be used`, () => {
    const said = mock.method(console, "error", () => {});
    notes.set("droom", { name: "droom", value: "een huisje" });
    see(html);

    assert.equal(find("textarea").value, "");
    assert.equal(find("textarea").disabled, true);
    write("nieuw");
    keeping.write();
    assert.deepEqual(puts, []);
    assert.match(said.mock.calls[0].arguments[0], /"droom" belongs to a form/);
    keeping.look();
    assert.equal(said.mock.callCount(), 1);
    said.mock.restore();
  });
}

test("what was written before there was a notebook is kept", () => {
  view.innerHTML = field;
  find("textarea").value = "vroeg";
  keeping.look();
  assert.equal(notes.get("droom").value, "vroeg");
});

test("what is wiped is gone from the page too, also what was not written yet", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  see(`${field}<input type="checkbox" data-keep="samen" value="ja" checked>`);
  write("een");
  write("een huisje");
  await keeping.wipe();
  mock.timers.tick(400);

  assert.deepEqual([find("textarea").value, find("input").checked, notes.size], ["", false, 0]);
});

test("a drawing is kept as a picture", () => {
  see('<canvas data-keep="lijn" aria-label="Mijn lijn"></canvas>');
  const canvas = find("canvas");
  canvas.toDataURL = () => "data:image/png;base64,AAAA";
  keeping.note(canvas);
  const { label, drawn, value } = notes.get("lijn");
  assert.deepEqual([label, drawn, value], ["Mijn lijn", true, "data:image/png;base64,AAAA"]);
});

test("what another tab wrote is in its field when the page is looked at again", async () => {
  see(`${field}<input type="checkbox" data-keep="samen" value="ja">`);
  write("een huisje");
  keeping.notebook.reread = async () => {
    notes.set("droom", { name: "droom", value: "een boot" });
    notes.set("samen", { name: "samen", value: "ja" });
  };

  await keeping.reread();

  assert.deepEqual([find("textarea").value, find("input").checked], ["een boot", true]);
});

test("what is being written stays, whatever another tab wrote", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  see(field);
  write("een");
  write("een huisje");
  keeping.notebook.reread = async () => notes.set("droom", { name: "droom", value: "een boot" });

  await keeping.reread();

  assert.equal(find("textarea").value, "een huisje");
});
