// What a phone sends of what its group may share: yes and no are as long, and leave the page as it was.
import assert from "node:assert/strict";
import test from "node:test";
import { act, find, show, turns } from "./page.js";

const { watchSharing } = await import("../../static/js/sharing.js");

const PAGE = `<main><div id="toast"></div>
  <button id="yes" data-sharing="flap" data-said="ja ">Prima</button>
  <button id="no" data-sharing="flap" data-said="nee">Liever niet</button></main>`;
let size = "";
const sent = [];
watchSharing(
  async (...said) => {
    sent.push(said);
    return { ok: true };
  },
  () => size,
);

async function pressed(button) {
  show(PAGE);
  sent.length = 0;
  act(find(button), "click");
  await turns();
  const toast = find("#toast");
  clearTimeout(Number(toast.dataset.timer));
  delete toast.dataset.timer;
  return { said: JSON.stringify(sent), page: document.body.innerHTML };
}

for (const [now, expected] of [["", 256], ["0", 256], ["384", 384]]) {
  test(`yes and no have one size where messages have ${now || "none"}`, async () => {
    size = now;
    const yes = await pressed("#yes");
    const no = await pressed("#no");

    assert.equal(sent.length, 1);
    assert.equal(sent[0][2], expected);
    assert.equal(yes.said.length, no.said.length);
    assert.notEqual(yes.said, no.said);
    assert.equal(yes.page, no.page);
  });
}
