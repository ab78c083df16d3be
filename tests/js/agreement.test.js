import assert from "node:assert/strict";
import { test } from "node:test";

import "./page.js";

// It would wait for other tabs for ever.
delete globalThis.BroadcastChannel;
globalThis.location = { host: "localhost:8000" };
const { agreementIn, calendarOf, fragmentOf, notesOf } = await import("../../static/js/agreement.js");
const { codeOf } = await import("../../static/js/handing_over.js");
const { generate } = await import("../../static/vendor/lean-qr.js");

const AGREEMENT = {
  book: "0123456789abcdef",
  list: "samenwerking",
  heading: "Wat spreken jullie af?",
  values: ["Samen op huisbezoek 💐", "het teamlid belt, “café” – ik regel", "2027-03-12", ""],
};
const code = (value) => btoa(JSON.stringify(value)).replaceAll("=", "");

test("what one phone hands over is what the other gets, in characters that an address may have", () => {
  const fragment = fragmentOf(AGREEMENT);

  assert.match(fragment, /^[\w-]+$/);
  assert.deepEqual(agreementIn(`#${fragment}`), AGREEMENT);
});

for (const [what, fragment] of [
  ["nothing", ""],
  ["no code", "#%%%"],
  ["something else", `#${code({ book: "x" })}`],
  ["an agreement without words", `#${fragmentOf({ ...AGREEMENT, values: ["", "", "", ""] })}`],
  ["too few parts", `#${fragmentOf({ ...AGREEMENT, values: ["wat"] })}`],
  ["the name of another note", `#${fragmentOf({ ...AGREEMENT, list: "../droom" })}`],
  ["a book that we never named", `#${fragmentOf({ ...AGREEMENT, book: "b" })}`],
  ["a part that is no text", `#${code([AGREEMENT.book, "lijst", "titel", 1, "", "", ""])}`],
  ["a text that is longer than a field", `#${fragmentOf({ ...AGREEMENT, values: ["x".repeat(401), "", "", ""] })}`],
]) {
  test(`a phone takes no agreement from an address that has ${what}`, () => {
    assert.equal(agreementIn(fragment), null);
  });
}

test("an agreement is in the notebook under the names of its fields", () => {
  const notes = notesOf(AGREEMENT, ["Wat?", "Wie?", "Wanneer?", "Terug?"]);

  assert.deepEqual(
    notes.map(({ name, heading, label, value }) => [name, heading, label, value]),
    [
      ["afspraak-samenwerking-wat", "Wat spreken jullie af?", "Wat?", AGREEMENT.values[0]],
      ["afspraak-samenwerking-wie", "Wat spreken jullie af?", "Wie?", AGREEMENT.values[1]],
      ["afspraak-samenwerking-wanneer", "Wat spreken jullie af?", "Wanneer?", "2027-03-12"],
      ["afspraak-samenwerking-terug", "Wat spreken jullie af?", "Terug?", ""],
    ],
  );
});

test("a calendar gets the days and what they are called, and nothing of the agreement", () => {
  const file = calendarOf([{ day: "2027-03-12", title: "Onze afspraak" }], () => "id-1");

  const lines = file.split("\r\n").filter((line) => !line.startsWith("DTSTAMP:"));
  assert.deepEqual(lines, [
    "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Kwartier//NL", "BEGIN:VEVENT", "UID:id-1",
    "DTSTART;VALUE=DATE:20270312", "SUMMARY:Onze afspraak", "END:VEVENT", "END:VCALENDAR", "",
  ]);
  assert.match(file, /DTSTAMP:\d{8}T\d{6}Z\r\n/);
});

test("the picture of a code has its dots, and white around them", async () => {
  const text = `http://192.168.178.21:8000/afspraak#${fragmentOf(AGREEMENT)}`;
  const expected = generate(text);

  const picture = await codeOf(text);

  const drawn = new Set(picture.querySelector("path").getAttribute("d").match(/M\d+ \d+/g));
  const dots = new Set();
  for (let y = 0; y < expected.size; y += 1) for (let x = 0; x < expected.size; x += 1) if (expected.get(x, y)) dots.add(`M${x + 4} ${y + 4}`);
  assert.deepEqual(drawn, dots);
  assert.equal(picture.getAttribute("viewBox"), `0 0 ${expected.size + 8} ${expected.size + 8}`);
});
