// What is on the projector fills the room: as large as fits, and never larger. Nobody can scroll a projector.

// Words are kept whole down to SMALL, and broken from there.
const [SMALLEST, SMALL] = [0.5, 0.7];
const LARGEST = 2.6;
const ROUNDS = 7;
// Borders are drawn in whole pixels, so a box that is as wide as its words can seem narrower.
const SLACK = 3; // px
// A column more or less is worth it from here.
const NEAR = 0.02;

/**
 * Does anything stick out of `frame`, or out of the part of it in which it stands?
 * @param {HTMLElement} frame @param {HTMLElement} part
 */
const isTooHigh = (frame, part) => frame.scrollHeight > frame.clientHeight + 1 || part.scrollHeight > part.clientHeight + 1;

/**
 * The texts in `part`, each with the box that it stands in.
 * @param {HTMLElement} part @returns {{text: Range, box: Element}[]}
 */
function textsIn(part) {
  const found = [];
  const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    let box = node.parentElement;
    // What is inline, or drawn, has no width of its own.
    while (box && !box.clientWidth) box = box.parentElement;
    if (!box || !node.textContent?.trim() || box.closest(".visually-hidden, svg")) continue;
    const text = document.createRange();
    text.selectNodeContents(node);
    found.push({ text, box });
  }
  return found;
}

/**
 * Is a word wider than the box of its text? Only while words are kept whole, see `data-whole` in screen.css.
 * @param {ReturnType<typeof textsIn>} texts
 */
const isTooWide = (texts) =>
  texts.some(({ text, box }) => {
    const { paddingLeft, paddingRight, borderLeftWidth, borderRightWidth } = getComputedStyle(box);
    const edges = [paddingLeft, paddingRight, borderLeftWidth, borderRightWidth].map(parseFloat);
    const taken = edges.reduce((sum, each) => sum + each, 0) * (box.currentCSSZoom ?? 1);
    const room = box.getBoundingClientRect().width - taken + SLACK;
    return [...text.getClientRects()].some(({ width }) => width > room);
  });

/**
 * The largest size from `low` to `high` at which `fits`, as near as matters; `low` when none does.
 * @param {number} low @param {number} high @param {(size: number) => boolean} fits
 */
function largest(low, high, fits) {
  if (fits(high)) return high;
  let [under, over] = [low, high];
  for (let round = 0; round < ROUNDS; round += 1) {
    const middle = (under + over) / 2;
    if (fits(middle)) under = middle;
    else over = middle;
  }
  return under;
}

/**
 * The size at which `part` is as large as fits in `frame`, up to `most`; 0 when that is not more than `least`. It shrinks
 * when it must, and words are broken only when otherwise they would become small.
 * @param {HTMLElement} part @param {HTMLElement} frame @param {number} most @param {number} least
 */
function sizeOf(part, frame, most, least = 0) {
  const texts = textsIn(part);
  const at = (/** @type {number} */ size) => {
    part.style.zoom = String(size);
    // For what keeps its size while the words around it grow: see `--fit` in the style sheets.
    part.style.setProperty("--fit", String(size));
  };
  const isLow = (/** @type {number} */ size) => {
    at(size);
    return !isTooHigh(frame, part);
  };
  const fits = (/** @type {number} */ size) => isLow(size) && !isTooWide(texts);
  part.dataset.whole = "";
  if (least && !fits(least)) return 0;
  if (fits(SMALL)) {
    const size = largest(Math.max(SMALL, least), most, fits);
    at(size);
    return size;
  }
  delete part.dataset.whole;
  // Beside a word that must be broken, others would be broken too if they grew.
  const size = largest(SMALLEST, 1, isLow);
  at(size);
  return size;
}

/**
 * Give `part` that size, and a wall of cards the number of columns in which they are largest.
 * @param {HTMLElement | null} part @param {HTMLElement | null} frame @param {number} most
 */
function fill(part, frame, most) {
  if (!part || !frame) return;
  const { columns } = part.dataset;
  if (!columns) {
    sizeOf(part, frame, most);
    return;
  }
  const set = (/** @type {string} */ number) => (part.style.columns = number);
  let [best, size] = ["", 0];
  for (const number of columns.split(" ")) {
    set(number);
    const found = sizeOf(part, frame, most, size && size + NEAR);
    if (found > size) [best, size] = [number, found];
  }
  set(best);
  sizeOf(part, frame, most);
}

/**
 * Size what is on the page, now: call it before the browser draws. What has `data-fill` grows by itself, into what
 * the words around it leave.
 * @param {ParentNode} root
 */
export function fit(root) {
  const side = root.querySelector(".side");
  const stage = root.querySelector(".stage");
  const kind = root.querySelector(".stage-kind");
  /** @type {HTMLElement | null} */
  const own = root.querySelector(".stage-kind [data-fill]");
  const beside = root.querySelector(".agenda, .late");
  for (const part of [kind, own, beside]) {
    part?.removeAttribute("style");
    part?.removeAttribute("data-whole");
  }
  if (innerWidth < 800) return; // no projector: there it scrolls
  fill(kind, stage, own ? 1 : LARGEST);
  fill(own, stage, Number(own?.dataset.fill));
  fill(beside, side, 1);
}
