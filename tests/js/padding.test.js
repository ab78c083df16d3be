import assert from "node:assert/strict";
import { test } from "node:test";
import { Encoder } from "socket.io-parser";

import { padded, padMessages, sized } from "../../static/js/padding.js";

const bytes = (text) => Buffer.byteLength(text);

test("a text is filled up with spaces, to its size in bytes", () => {
  assert.equal(padded("abc", 5), "abc  ");
  assert.equal(padded("één", 8), "één   ");
});

test("a text that is too long is filled up to the next multiple", () => {
  assert.equal(padded("abcdef", 5), "abcdef    ");
});

test("a text that fits exactly, or has no size, stays as it is", () => {
  assert.equal(padded("abcde", 5), "abcde");
  assert.equal(padded("abc", 0), "abc");
  assert.equal(padded("abc"), "abc");
});

test("messages of one size are equally long as packets, whatever is in them, and say the same", () => {
  const socket = { io: { encoder: new Encoder() } };
  padMessages(socket);
  const packet = (data) => socket.io.encoder.encode({ type: 2, nsp: "/", id: 1, data: ["post", data] })[0];
  const [short, long] = [packet(sized({ text: "a" }, "200")), packet(sized({ text: "ë".repeat(50) }, 200))];

  assert.deepEqual([bytes(short), bytes(long)], [200, 200]);
  assert.equal(short.trimEnd(), '21["post",{"text":"a"}]');
  assert.equal(packet({ text: "a" }), '21["post",{"text":"a"}]');
  assert.equal(packet(sized({ text: "a" }, undefined)), '21["post",{"text":"a"}]');
});
