import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { find, show } from "./page.js";

const LINK = "http://10.0.0.5:8000/j/abc";
let copied, refuses;
// As on plain HTTP: a browser without a clipboard of its own.
globalThis.navigator ??= {};

document.execCommand = () => {
  if (refuses) return false;
  copied = find("input").value;
  return true;
};

show("");
await import("../../static/js/copy.js");

const press = async () => {
  show(`<main><p><button type="button" data-copy="${LINK}">Kopieer</button><span role="status"></span></p></main>`);
  find("button").click();
  await new Promise((resolve) => setTimeout(resolve));
};

beforeEach(() => {
  copied = "";
  refuses = false;
});

test("a button copies its link on plain HTTP, and says so", async () => {
  await press();
  assert.equal(copied, LINK);
  assert.equal(find("[role='status']").textContent, "De link is gekopieerd.");
  assert.equal(document.querySelectorAll("input").length, 0);
});

test("a browser that refuses is told what to do", async () => {
  refuses = true;
  await press();
  assert.equal(find("[role='status']").textContent, "Kopiëren lukt niet. Selecteer de tekst en kopieer hem zelf.");
});
