// A press that makes no button stale still shows its effect: in the number of changes, not in the version.
import assert from "node:assert/strict";
import { after, beforeEach, test } from "node:test";

import { find, show, turns } from "./page.js";
import { makeCommander } from "../../static/js/commands.js";
import { say } from "../../static/js/toast.js";

const TICK = 30;

let sent, command;
const link = {
  send(event, data) {
    sent.push(data);
    return Promise.resolve({ ok: true });
  },
};

const wait = (ms) => new Promise((resolve) => void setTimeout(resolve, ms));
const changesAre = (changes) => (find("#view > [data-version]").dataset.changes = String(changes));

beforeEach(() => {
  sent = [];
  show('<main id="view"><div data-version="7" data-changes="9"></div></main><div id="toast"></div>');
  command = makeCommander(link);
});

// What still waits here would keep Node waiting too.
after(() => {
  changesAre(99);
  say("");
});

test("a second press before the first shows its effect is the same command", async () => {
  command("do:tick");
  await turns();
  assert.equal(await command("do:tick"), false);
});

test("the next press carries the same version once a change is seen", async () => {
  command("do:tick");
  await turns();
  changesAre(10);
  await wait(TICK);
  command("do:tick");
  await turns();

  assert.deepEqual(sent.map(({ version }) => version), [7, 7]);
});
