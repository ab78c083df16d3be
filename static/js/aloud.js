// Reads aloud what is asked and what can be answered, with a voice of the phone itself. A voice that is elsewhere
// would be sent the text: one that the browser does not call its own is never used. What somebody typed or drew, and what others said to them alone, is not
// read: the room would hear it.

const LANGUAGE = /^nl\b/i;
const LABELS = { quiet: "Lees voor", reading: "Stop met voorlezen" };
// What is asked of everybody, and what a form offers; not what became of what this phone sent.
const READ = ".phone-kind, #own form[data-post]";
const SKIPPED =
  "button, textarea, input, select, canvas, svg, script, style, template, " +
  ".counter, [data-field], [data-sent], [aria-hidden='true'], [hidden], [data-timer], [data-teller-of]";
const BLOCKS = "h1, h2, h3, h4, p, li, legend, label, dt, dd, td, th, summary, figcaption, blockquote, div, section, form";

/** A Dutch voice that is on this phone, or none. @returns {SpeechSynthesisVoice | undefined} */
function ownVoice() {
  const voices = window.speechSynthesis?.getVoices() ?? [];
  // An older Android writes nl_NL. Only a plain yes counts: a browser that does not say where a voice is, has none.
  const ours = voices.filter(({ lang, localService }) => localService === true && LANGUAGE.test(lang.replace("_", "-")));
  return ours.find(({ lang }) => /nl$/i.test(lang)) ?? ours[0];
}

/** What a picture says to those who do not see it. @param {Element} element */
function described(element) {
  if (element.matches("[role='img']:not(canvas)")) return element.getAttribute("aria-label") ?? "";
  return element instanceof HTMLImageElement ? element.alt : "";
}

/** Older browsers have no answer of their own. @param {Element} element */
const isSeen = (element) => element.checkVisibility?.() ?? element.getClientRects().length > 0;

/**
 * The sentences under `root`, in their order: what stands in one block is said in one go.
 * @param {Element} root
 */
function sentences(root) {
  /** @type {{block: Element | null, text: string}[]} */
  const found = [];
  /** @param {Element} element */
  const visit = (element) => {
    const picture = described(element);
    if (picture) found.push({ block: element, text: picture });
    if (picture || element.matches(SKIPPED) || !isSeen(element)) return;
    for (const child of element.childNodes) {
      if (child instanceof Element) visit(child);
      else if (child.nodeType === Node.TEXT_NODE) say(element.closest(BLOCKS), child.textContent ?? "");
    }
  };
  /** @type {(block: Element | null, text: string) => void} */
  const say = (block, text) => {
    const last = found.at(-1);
    if (last && last.block === block) last.text += text;
    else found.push({ block, text });
  };
  visit(root);
  return found.map(({ text }) => text.replace(/\s+/g, " ").trim()).filter((text) => /[\p{L}\p{N}]/u.test(text));
}

/**
 * What would be read of this page.
 * @param {ParentNode} main
 */
export const textsOf = (main) => [...main.querySelectorAll(READ)].flatMap(sentences);

/**
 * Let `button` read the page, wherever this phone has a voice for it. Returns what stops it: another exercise, another
 * question, or nobody who listens any more.
 * @param {HTMLElement} main @param {HTMLButtonElement} button
 */
export function watchAloud(main, button) {
  const speech = window.speechSynthesis;
  if (!speech) return () => {};
  let turn = 0;

  const label = (/** @type {boolean} */ reading) => {
    button.textContent = reading ? LABELS.reading : LABELS.quiet;
  };
  const look = () => {
    button.hidden = !ownVoice();
  };
  const stop = () => {
    turn += 1;
    speech.cancel();
    label(false);
  };

  /** One sentence at a time, so that the voice is known to be ours at each. @param {string[]} texts @param {number} mine */
  function next(texts, mine) {
    const [text, ...more] = texts;
    const voice = ownVoice();
    if (mine !== turn) return;
    if (text === undefined || !voice) {
      stop();
      return;
    }
    const said = new SpeechSynthesisUtterance(text);
    said.voice = voice;
    said.lang = voice.lang;
    said.addEventListener("end", () => next(more, mine));
    said.addEventListener("error", () => mine === turn && stop());
    speech.speak(said);
  }

  button.addEventListener("click", () => {
    const quiet = button.textContent === LABELS.quiet;
    stop();
    const texts = textsOf(main);
    if (!quiet || !texts.length) return;
    label(true);
    next(texts, turn);
  });
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && stop());
  addEventListener("pagehide", stop);
  speech.addEventListener("voiceschanged", look);
  label(false);
  look();
  return stop;
}
