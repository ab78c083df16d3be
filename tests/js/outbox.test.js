import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

import { Outbox } from "../../static/js/outbox.js";
import { openStorage } from "../../static/js/storage.js";
import { turns } from "./page.js";

const SAVED = { ok: true };
const LATE = { ok: false, retry: false, message: "Te laat." };
const OFFLINE = { ok: false, retry: true, message: "Geen verbinding." };
const POST = { step: "s1", item: "", form: { text: ["hallo"] }, text: "hallo", single: false, fleeting: false };

let outbox, sent, told, answers;

/** The server answers what is in `answers`, and what is sent after that waits for ever. */
beforeEach(async () => {
  mock.timers.reset();
  [sent, told, answers] = [[], [], []];
  outbox = new Outbox({
    storage: await openStorage("1", ""),
    send(event, data, size) {
      sent.push({ event, data, size });
      return answers.length ? Promise.resolve(answers.shift()) : new Promise(() => {});
    },
    onChange: (news) => told.push(news),
  });
});

const texts = (entries) => entries.map((entry) => entry.text);
const sentTexts = () => sent.map(({ data }) => data.form.text[0]);
const add = (text, more = {}) => outbox.add({ ...POST, text, form: { text: [text] }, ...more });

test("a post is sent with its id, in the size of the exercise, and without what only this phone needs", async () => {
  const id = await outbox.add({ ...POST, item: "i1", size: 900 });

  const data = { id, step: "s1", item: "i1", form: { text: ["hallo"] } };
  assert.deepEqual(sent, [{ event: "post", data, size: 900 }]);
  assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test("a post waits until the server says that it is saved", async () => {
  await add("een");
  assert.deepEqual(texts(outbox.waiting), ["een"]);
});

test("a saved post leaves the outbox, and that is told with the post", async () => {
  answers = [SAVED];
  await add("een");
  await turns();

  assert.deepEqual(outbox.waiting, []);
  assert.deepEqual(
    told.map((news) => [news.waiting.length, news.sent, news.entry?.text]),
    [[1, false, undefined], [0, true, "een"]],
  );
});

test("posts are sent one after the other, in the order in which they were made", async () => {
  let save;
  outbox.send = (event, { form }) => {
    sent.push({ data: { form } });
    return new Promise((resolve) => (save = () => resolve(SAVED)));
  };
  for (const text of ["een", "twee", "drie"]) await add(text);

  assert.deepEqual(sentTexts(), ["een"]);
  save();
  await turns();
  assert.deepEqual(sentTexts(), ["een", "twee"]);
  save();
  await turns();
  assert.deepEqual(sentTexts(), ["een", "twee", "drie"]);
});

test("a single post takes the place of what waits for the same step and item, and of nothing else", async () => {
  await add("andere stap", { step: "s0" });
  await add("ander ding", { item: "i2" });
  await add("oud", { item: "i1" });
  await add("nieuw", { item: "i1", single: true });

  assert.deepEqual(texts(outbox.waiting), ["andere stap", "ander ding", "nieuw"]);
});

test("posts that are not single wait beside each other", async () => {
  await add("een");
  await add("twee");
  assert.deepEqual(texts(outbox.waiting), ["een", "twee"]);
});

for (const [answer, name] of [[SAVED, "saved"], [LATE, "refused"]]) {
  test(`a post that was replaced while it was on its way is not told as ${name}`, async () => {
    let reply;
    outbox.send = () => new Promise((resolve) => (reply = resolve));
    await add("oud");
    const answerOld = reply;
    await add("nieuw", { single: true });
    answerOld(answer);
    await turns();

    assert.deepEqual(texts(outbox.waiting), ["nieuw"]);
    assert.deepEqual(told.filter((news) => news.sent || news.refused), []);
  });
}

test("a refused text is kept with the reason, and not sent again", async () => {
  answers = [LATE];
  await add("te laat");
  await turns();
  await outbox.flush();

  assert.deepEqual(outbox.late.map(({ text, refusal }) => [text, refusal]), [["te laat", "Te laat."]]);
  assert.deepEqual(outbox.waiting, []);
  assert.equal(sent.length, 1);
  assert.equal(told.at(-1).refused, "Te laat.");
});

test("a refused tick is not kept, and that is told", async () => {
  answers = [LATE];
  await add("", { form: { choice: ["a"] } });
  await turns();

  assert.deepEqual(outbox.late, []);
  assert.equal(told.at(-1).refused, "Te laat.");
});

test("after a refused post the next one is sent", async () => {
  answers = [LATE, SAVED];
  await add("te laat");
  await add("op tijd");
  await turns();

  assert.deepEqual(sentTexts(), ["te laat", "op tijd"]);
  assert.deepEqual(outbox.waiting, []);
});

test("a post without an answer is sent again after a pause, as the same post", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  answers = [OFFLINE, SAVED];
  const id = await add("een");
  await turns();
  assert.deepEqual(texts(outbox.waiting), ["een"]);

  mock.timers.tick(499);
  assert.equal(sent.length, 1);
  mock.timers.tick(1001);
  await turns();

  assert.deepEqual(sent.map(({ data }) => data.id), [id, id]);
  assert.deepEqual(outbox.waiting, []);
});

test("each pause is twice as long as the one before, up to fifteen seconds, until a post is saved", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const pauses = [];
  answers = [...Array(6).fill(OFFLINE), SAVED];
  await add("een");
  for (let round = 0; round < 7; round += 1) {
    await turns();
    pauses.push(outbox.pause);
    mock.timers.tick(25000);
  }
  assert.deepEqual(pauses, [2000, 4000, 8000, 15000, 15000, 15000, 1000]);
});

test("a connection need not wait for the pause", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  answers = [OFFLINE, SAVED];
  await add("een");
  await turns();
  await outbox.flush();

  assert.deepEqual(outbox.waiting, []);
});

test("a post that is taken back is not sent again", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  answers = [OFFLINE];
  const id = await add("een");
  await turns();
  await outbox.remove(id);
  mock.timers.tick(25000);
  await turns();

  assert.equal(outbox.has(id), false);
  assert.equal(sent.length, 1);
});

test("what is wiped is forgotten, told as gone, and never sent", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  answers = [LATE, OFFLINE];
  await add("te laat");
  await add("wacht");
  await turns();
  await outbox.wipe();
  mock.timers.tick(25000);
  await turns();

  assert.deepEqual([outbox.waiting, outbox.late], [[], []]);
  assert.deepEqual([told.at(-1).waiting, told.at(-1).late], [[], []]);
  assert.equal(sent.length, 2);
});

test("what is gone with the page is known as such", async () => {
  await add("blijft");
  await add("vluchtig", { fleeting: true });
  assert.deepEqual(texts(outbox.fleeting), ["vluchtig"]);
});
