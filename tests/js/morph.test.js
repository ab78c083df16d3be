import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { act, find, show, type } from "./page.js";
import { isChanged, morph, release, touchChanged } from "../../static/js/morph.js";

const NO_OWN = { key: "", html: "" };
let view;
const see = (html, own = NO_OWN) => morph(view, html, own);
const form = (fields, about = 'data-step="s1"') => `<form id="f" ${about}>${fields}</form>`;
const text = (value) => `<textarea id="t" name="text">${value}</textarea>`;

beforeEach(() => (view = show('<main id="view"></main>')));

test("a view takes the place of the one before", () => {
  see("<h1>Een</h1><p>oud</p>");
  see("<h1>Twee</h1>");
  assert.equal(view.innerHTML, "<h1>Twee</h1>");
});

test("a text that a person typed stays, in the field where it was typed", () => {
  see(form(text("")));
  const field = find("#t");
  type(field, "half getypt");
  see(`<p>nieuws</p>${form(text("van de server"))}`);

  assert.ok(find("#t") === field);
  assert.equal(field.value, "half getypt");
});

test("a text that nobody changed becomes the server's", () => {
  see(form(text("oud")));
  see(form(text("nieuw")));
  assert.equal(find("#t").value, "nieuw");
});

for (const about of ['data-step="s2"', 'data-step="s1" data-item="i2"', 'data-step="s1" data-command="x"']) {
  test(`a typed text does not end up in a form of ${about}`, () => {
    const field = '<input id="t" name="text" value="';
    see(form(`${field}">`));
    type(find("#t"), "voor s1");
    see(form(`${field}van de server">`, about));
    assert.equal(find("#t").value, "van de server");
  });
}

test("the server's value counts again once a form was released", () => {
  const field = (value) => form(`<input id="t" name="text" value="${value}">`);
  see(field(""));
  type(find("#t"), "getypt");
  release(find("form"));
  see(field("van de server"));
  assert.equal(find("#t").value, "van de server");
});

test("a choice stays what the person chose, in its whole group", () => {
  const choices = (first, second) =>
    form(`<input id="a" type="radio" name="c" ${first}><input id="b" type="radio" name="c" ${second}>`);
  see(choices("checked", ""));
  find("#b").checked = true;
  act(find("#b"), "change");
  see(choices("", ""));
  see(choices("checked", ""));

  assert.deepEqual([find("#a").checked, find("#b").checked], [false, true]);
});

test("what was filled in before the scripts came stays too", () => {
  const field = (value) => form(`<input id="t" name="text" value="${value}">`);
  view.innerHTML = field("");
  find("#t").value = "vroeg";
  touchChanged(view);
  see(field("van de server"));
  assert.equal(find("#t").value, "vroeg");
});

for (const part of ["details", "dialog"]) {
  test(`a ${part} that was opened stays open, and a closed one closed`, () => {
    const parts = (one, other) => `<${part} id="a" ${one}><p>x</p></${part}><${part} id="b" ${other}><p>y</p></${part}>`;
    see(parts("", "open"));
    find("#a").setAttribute("open", "");
    find("#b").removeAttribute("open");
    see(parts("", "open"));
    assert.deepEqual([find("#a").hasAttribute("open"), find("#b").hasAttribute("open")], [true, false]);
  });
}

test("a field keeps the focus", () => {
  see(form(text("")));
  find("#t").focus();
  see(`<h1>nieuws</h1>${form(text(""))}`);
  assert.ok(find("#t").matches(":focus"));
});

for (const [name, was, next, found] of [
  ["with the same command", '<button id="x" data-command="go">1</button>', '<p><button id="y" data-command="go">2</button></p>', "#y"],
  ["with the same act", '<button id="x" data-act="go">1</button>', '<p><button id="y" data-act="go">2</button></p>', "#y"],
  ["or to what asks for it", '<button id="x" data-command="go">1</button>', '<h1>T</h1><p data-focus>hier</p>', "[data-focus]"],
  ["or to the title", '<button id="x" data-command="go">1</button>', "<p>geen knop</p><h1>T</h1>", "h1"],
  [
    "but not to one that cannot be pressed",
    '<button id="x" data-command="go">1</button>',
    '<h1>T</h1><p><button id="y" data-command="go" disabled>2</button></p>',
    "h1",
  ],
]) {
  test(`the focus of a button that went away goes to its successor ${name}`, () => {
    see(was);
    find("#x").focus();
    see(next);
    assert.ok(find(found).matches(":focus"), `the focus is on ${document.activeElement.outerHTML}`);
  });
}

test("the focus of a button that went away goes to no other button of the same command", () => {
  const rounds = '<button data-command="go" data-arg-number="1">Ronde 1</button><button data-command="go" data-arg-number="2">Ronde 2</button>';
  see(`<h1>T</h1><button id="x" data-command="go" data-arg-number="9">Volgende beurt</button>${rounds}`);
  find("#x").focus();
  see(`<h1>T</h1>${rounds}`);
  assert.ok(find("h1").matches(":focus"), `the focus is on ${document.activeElement.outerHTML}`);
});

test("the focus of one of several buttons goes to the one with the same words", () => {
  const rounds = (step) =>
    `<div id="now" data-fresh="${step}"><button data-command="go">Ronde 1</button><button id="x" data-command="go">Ronde 2</button></div>`;
  see(rounds("s1/1"));
  find("#x").focus();
  see(rounds("s1/2"));
  assert.ok(find("#x").matches(":focus"), `the focus is on ${document.activeElement.outerHTML}`);
});

test("a focus outside the view stays there", () => {
  view = show('<main id="view"></main>');
  document.body.append(Object.assign(document.createElement("input"), { id: "outside" }));
  find("#outside").focus();
  see("<h1>T</h1>");
  assert.ok(find("#outside").matches(":focus"));
});

const withOwn = (key, html = "") => `<h1>T</h1><div id="own" data-key="${key}">${html}</div>`;

test("the private fragment stands in the view that it belongs to", () => {
  see(withOwn("k1", "<p>voor allen</p>"), { key: "k1", html: "<p>van mij</p>" });
  assert.equal(find("#own").innerHTML, "<p>van mij</p>");
});

test("the private fragment of another view is not shown", () => {
  see(withOwn("k2", "<p>voor allen</p>"), { key: "k1", html: "<p>van mij</p>" });
  assert.equal(find("#own").innerHTML, "<p>voor allen</p>");
});

test("a blank private fragment leaves what all phones see", () => {
  see(withOwn("k1", "<p>voor allen</p>"), { key: "k1", html: " \n" });
  assert.equal(find("#own").innerHTML, "<p>voor allen</p>");
});

for (const [other, value] of [["s2", ""], ["s1", "half getypt"]]) {
  test(`after ${other} a text of s1 is '${value}'`, () => {
    const fresh = (step) => `<section id="part" data-fresh="${step}"><form id="f"><input id="t" name="text"></form></section>`;
    see(fresh("s1"));
    type(find("#t"), "half getypt");
    see(fresh(other));
    assert.equal(find("#t").value, value);
  });
}

test("a field is changed when it is not what the page said", () => {
  const fields = {
    "<textarea>een</textarea>": (field) => (field.value = "twee"),
    '<input value="een">': (field) => (field.value = "twee"),
    '<input type="checkbox" value="a">': (field) => (field.checked = true),
    "<select><option>1</option><option>2</option></select>": (field) => (field.selectedIndex = 1),
  };
  for (const [html, change] of Object.entries(fields)) {
    const field = show(html);
    assert.equal(isChanged(field), false, html);
    change(field);
    assert.equal(isChanged(field), true, html);
  }
  assert.equal(isChanged(show("<button value='x'>x</button>")), false);
});

test("what was chosen in the notebook stays when a view comes", () => {
  const choice = `<p><select id="s" data-keep="hoogte"><option value="">Kies</option><option value="7">7</option></select></p>`;
  see(choice);
  find("#s").value = "7";
  see(choice);
  assert.equal(find("#s").value, "7");
});

const sheet = (fresh, fields) => `<div id="page" data-fresh="${fresh}">${fields}<div id="own" data-key="${fresh}"></div></div>`;
const droom = '<details open><textarea id="droom" data-keep="droom"></textarea></details>';

test("who writes in the notebook goes on writing when the trainer opens more of the same exercise", () => {
  see(sheet("blad/1", droom));
  const field = find("#droom");
  field.focus();
  field.value = "half geschr";

  see(sheet("blad/2", `${droom.replace(" open", "")}<details open><p id="wens">Je wens</p></details>`));

  assert.deepEqual([find("#droom") === field, document.activeElement === field, field.value], [true, true, "half geschr"]);
  assert.ok(field.closest("details").open && find("#wens"));
});

for (const [why, fresh, fields] of [
  ["another exercise begins", "ander/1", droom],
  ["their field is gone", "blad/2", ""],
]) {
  test(`who writes in the notebook sees another page when ${why}`, () => {
    see(sheet("blad/1", droom));
    const field = find("#droom");
    field.focus();

    see(sheet(fresh, fields));

    assert.ok(!field.isConnected);
  });
}
