import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { act, find, show } from "./page.js";

const OURS = { lang: "nl-NL", localService: true, name: "ours" };
const BELGIAN = { lang: "nl_BE", localService: true, name: "Belgian" };
const ELSEWHERE = { lang: "nl-NL", localService: false, name: "elsewhere" };
const ENGLISH = { lang: "en-GB", localService: true, name: "English" };

const listeners = {};
const speech = {
  voices: [],
  said: [],
  getVoices: () => speech.voices,
  speak: (utterance) => speech.said.push(utterance),
  cancel: () => (speech.cancelled += 1),
  addEventListener: (name, listener) => (listeners[name] = listener),
};
class Utterance {
  constructor(text) {
    this.text = text;
    this.listeners = {};
  }
  addEventListener(name, listener) {
    this.listeners[name] = listener;
  }
}
Object.defineProperty(window, "speechSynthesis", { value: speech });
globalThis.SpeechSynthesisUtterance = Utterance;
const isSeen = (element) => !element.closest("[hidden], .by-style");
const answers = {
  checkVisibility() {
    return isSeen(this);
  },
  getClientRects() {
    return isSeen(this) ? [{}] : [];
  },
};
Object.assign(window.Element.prototype, answers);
const { watchAloud, textsOf } = await import("../../static/js/aloud.js");

const PAGE = `<main><button type="button" hidden>Lees voor</button>
  <div class="phone-kind"><h2>Wat is <em>herstel</em>?</h2><p>Denk even na.</p><p hidden>geheim</p><p class="by-style">later</p>
    <img alt="Een trap met drie treden"><canvas role="img" aria-label="Mijn tekening"></canvas>
    <div data-teller-of="1">Wat anderen in jou zien</div></div>
  <div id="own">
    <form data-post><fieldset><legend>Kies je antwoord</legend>
      <label><input type="radio" value="0"> <span>Eens</span></label><label><input type="radio" value="1"> Oneens</label></fieldset>
      <p data-field="text">wat ik stuurde</p><div data-sent><p>Mijn tekst is van het scherm.</p></div>
      <textarea>wat ik typte</textarea><p class="counter">Nog 20 tekens</p><button>Verstuur</button></form>
    <p>Jouw antwoord: <strong>Eens</strong>.</p>
  </div></main>`;
const READ = ["Wat is herstel?", "Denk even na.", "Een trap met drie treden", "Kies je antwoord", "Eens", "Oneens"];

let main, button, stop;
function open(...voices) {
  speech.voices = voices;
  stop = watchAloud(main, button);
}
const press = () => act(button, "click");
const spoken = () => speech.said.map(({ text }) => text);
const ended = () => speech.said.at(-1).listeners.end();

beforeEach(() => {
  Object.assign(speech, { said: [], cancelled: 0 });
  main = show(PAGE);
  button = find("button");
});

test("the question and the answers are read, and nothing that this phone wrote", () => {
  assert.deepEqual(textsOf(main), READ);
});

test("a browser that cannot say what is seen reads the same", () => {
  delete window.Element.prototype.checkVisibility;
  try {
    assert.deepEqual(textsOf(main), READ);
  } finally {
    Object.assign(window.Element.prototype, answers);
  }
});

test("nothing is said before a press", () => {
  open(OURS);

  assert.deepEqual(spoken(), []);
  assert.equal(button.hidden, false);
});

test("a press reads sentence by sentence, and then is quiet", () => {
  open(OURS);

  press();
  assert.equal(button.textContent, "Stop met voorlezen");
  READ.forEach(ended);

  assert.deepEqual(spoken(), READ);
  assert.equal(button.textContent, "Lees voor");
});

for (const [name, voices] of [["none", []], ["one that is elsewhere", [ELSEWHERE]], ["one of another language", [ENGLISH]]]) {
  test(`a phone of which the voice is ${name} has no button`, () => {
    open(...voices);

    assert.equal(button.hidden, true);
  });
}

test("of several voices only one of the phone itself speaks, Dutch before Belgian", () => {
  open(ELSEWHERE, ENGLISH, BELGIAN, OURS);

  press();

  assert.equal(speech.said[0].voice, OURS);
});

test("a voice that is gone halfway is followed by none", () => {
  open(OURS);
  press();

  speech.voices = [ELSEWHERE];
  ended();

  assert.deepEqual(spoken(), READ.slice(0, 1));
  assert.equal(button.textContent, "Lees voor");
});

test("a voice that comes later brings the button", () => {
  open();

  speech.voices = [BELGIAN];
  listeners.voiceschanged();

  assert.equal(button.hidden, false);
});

test("a second press stops it, and what ends after that starts nothing", () => {
  open(OURS);
  press();
  press();
  ended();

  assert.deepEqual(spoken(), READ.slice(0, 1));
  assert.ok(speech.cancelled >= 2);
});

test("another question stops it", () => {
  open(OURS);
  press();
  stop();
  ended();

  assert.deepEqual(spoken(), READ.slice(0, 1));
  assert.equal(button.textContent, "Lees voor");
});

test("a page that is hidden stops it", () => {
  open(OURS);
  press();
  Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
  act(document, "visibilitychange");
  delete document.visibilityState;
  ended();

  assert.deepEqual(spoken(), READ.slice(0, 1));
});
