// What organisers typed and did not save goes after ninety days, and when they log out, in this browser.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import "./page.js";

globalThis.localStorage = window.localStorage;
const DAY = 24 * 60 * 60 * 1000;
const NOW = Date.UTC(2026, 2, 2);
const VALUES = [["tekst", "Nog niet bewaard"]];
let number = 0;
/** A tab with the module as it is when a page opens. */
const opened = () => import(`../../static/js/kept_texts.js?${(number += 1)}`);
const told = (key) => dispatchEvent(Object.assign(new Event("storage"), { key }));
const dispatchEvent = (event) => window.dispatchEvent(event);

beforeEach(() => localStorage.clear());

test("a text is there again for ninety days", async () => {
  const { keepText, keptText, dropOldTexts } = await opened();
  keepText("/een", VALUES, NOW);
  dropOldTexts(NOW + 90 * DAY - 1);

  assert.deepEqual(keptText("/een", NOW + 90 * DAY - 1), VALUES);
  assert.equal(keptText("/een", NOW + 90 * DAY), null);
});

test("what is past its time, or says no time, goes from the browser, and nothing else does", async () => {
  const { keepText, dropOldTexts } = await opened();
  keepText("/oud", VALUES, NOW - 90 * DAY);
  keepText("/nieuw", VALUES, NOW);
  localStorage.setItem("kwartier-tekst:/zonder", JSON.stringify(VALUES));
  localStorage.setItem("kwartier-tekst:/kapot", "{");
  localStorage.setItem("iets-anders", "blijft");

  dropOldTexts(NOW);

  assert.deepEqual(Object.keys(localStorage).sort(), ["iets-anders", "kwartier-tekst:/nieuw"]);
});

test("who logs out leaves nothing, also not of what the page still shows", async () => {
  const { keepText, forgetTexts } = await opened();
  keepText("/een", VALUES);
  localStorage.setItem("iets-anders", "blijft");

  forgetTexts();
  keepText("/een", VALUES);

  assert.deepEqual(Object.keys(localStorage), ["iets-anders"]);
});

test("another tab that is open keeps nothing any more once somebody logged out", async () => {
  const { keepText } = await opened();
  told("iets-anders");
  keepText("/een", VALUES);
  assert.equal(localStorage.length, 1);
  localStorage.clear();

  told("kwartier-uitgelogd");
  keepText("/een", VALUES);

  assert.equal(localStorage.length, 0);
});
