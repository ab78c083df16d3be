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
 * Does a word stick out of the box of its text, or of `part`? Only while words are kept whole: see `data-whole` in
 * screen.css.
 * @param {HTMLElement} part @param {ReturnType<typeof textsIn>} texts
 */
function isTooWide(part, texts) {
  const edge = part.getBoundingClientRect();
  return texts.some(({ text, box }) => {
    const { paddingLeft, paddingRight, borderLeftWidth, borderRightWidth } = getComputedStyle(box);
    const edges = [paddingLeft, paddingRight, borderLeftWidth, borderRightWidth].map(parseFloat);
    const taken = edges.reduce((sum, each) => sum + each, 0) * (box.currentCSSZoom ?? 1);
    const room = box.getBoundingClientRect().width - taken + SLACK;
    return [...text.getClientRects()].some(({ width, right }) => width > room || right > edge.right + SLACK);
  });
}

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
 * Show `part` at a size.
 * @param {HTMLElement} part @param {number} size
 */
function scale(part, size) {
  part.style.zoom = String(size);
  // For what keeps its size while the words around it grow: see `--fit` in the style sheets.
  part.style.setProperty("--fit", String(size));
  return size;
}

/**
 * Does nothing stick out of the height of `frame`, or of the part of it in which it stands, at this size of `part`?
 * @param {HTMLElement} part @param {HTMLElement} frame @param {number} size
 */
function isLow(part, frame, size) {
  scale(part, size);
  return [frame, part].every(({ scrollHeight, clientHeight }) => scrollHeight <= clientHeight + 1);
}

/** Are its words kept whole? @param {HTMLElement} part */
const isWhole = (part) => part.dataset.whole !== undefined;

/** @param {HTMLElement} part @param {boolean} whole */
function keepWhole(part, whole) {
  if (whole) part.dataset.whole = "";
  else delete part.dataset.whole;
}

/**
 * Make `part` no smaller than it must be to fit in `frame`; words may be broken. Returns its size.
 * @param {HTMLElement} part @param {HTMLElement} frame
 */
function shrink(part, frame) {
  delete part.dataset.whole;
  return scale(part, largest(SMALLEST, 1, (size) => isLow(part, frame, size)));
}

/**
 * Make `part` as large as fits in `frame`, up to `most`. It shrinks when it must, and words are broken only when
 * otherwise they would become small. Returns its size; 0 when that is not more than `least`.
 * @param {HTMLElement} part @param {HTMLElement} frame @param {number} most @param {number} least
 */
function grow(part, frame, most, least = 0) {
  const texts = textsIn(part);
  const fits = (/** @type {number} */ size) => isLow(part, frame, size) && !isTooWide(part, texts);
  part.dataset.whole = "";
  if (least && !fits(least)) return 0;
  if (least >= SMALL || fits(SMALL)) return scale(part, largest(Math.max(SMALL, least), most, fits));
  // Beside a word that must be broken, others would be broken too if they grew.
  return shrink(part, frame);
}

/**
 * Make a wall of cards, or anything else that grows by itself, as large as fits: a wall with the number of columns in
 * which the cards are largest.
 * @param {HTMLElement} part @param {HTMLElement} frame
 */
function fill(part, frame) {
  const most = Number(part.dataset.fill);
  const numbers = part.dataset.columns?.split(" ") ?? [""];
  let best = { columns: "", size: 0, whole: false };
  for (const columns of numbers) {
    part.style.columns = columns;
    const size = grow(part, frame, most, best.size && best.size + NEAR);
    if (size > best.size) best = { columns, size, whole: isWhole(part) };
  }
  part.style.columns = best.columns;
  keepWhole(part, best.whole);
  scale(part, best.size);
}

/**
 * What is over makes room in an agenda that does not fit, the oldest first.
 * @param {HTMLElement} beside @param {HTMLElement} side
 */
function fold(beside, side) {
  /** @type {NodeListOf<HTMLElement>} */
  const over = beside.querySelectorAll(".is-done");
  over.forEach((block) => (block.hidden = false));
  for (const block of over) {
    if (isLow(beside, side, 1)) return;
    block.hidden = true;
  }
}

/**
 * How parts of a stage were sized, and all that this hangs on: `about`.
 * @type {WeakMap<Element, {about: string, sizes: {css: string, whole: boolean}[]}>}
 */
const found = new WeakMap();

/** @param {HTMLElement} stage that has no sizes yet */
function aboutOf(stage) {
  const letters = [...(document.fonts ?? [])].filter(({ status }) => status === "loaded").length;
  const pictures = [...stage.querySelectorAll("img")].map((each) => each.complete && `${each.naturalWidth}x${each.naturalHeight}`);
  return [innerWidth, innerHeight, stage.clientWidth, stage.clientHeight, letters, ...pictures, stage.outerHTML].join(" ");
}

/**
 * Let `size` size the parts of a stage; what is as it was gets the sizes that were found for it. Most views change
 * nothing on the stage, and each size that is tried costs an old laptop a layout of all of it.
 * @param {HTMLElement} stage @param {(HTMLElement | null)[]} parts @param {() => void} size
 */
function once(stage, parts, size) {
  const there = parts.filter((part) => part !== null);
  const about = aboutOf(stage);
  const before = found.get(stage);
  if (before?.about !== about) {
    size();
    const sizes = there.map((part) => ({ css: part.style.cssText, whole: isWhole(part) }));
    found.set(stage, { about, sizes });
    return;
  }
  there.forEach((part, place) => {
    part.style.cssText = before.sizes[place].css;
    keepWhole(part, before.sizes[place].whole);
  });
}

/**
 * Size what is on the page, now: call it before the browser draws. What has `data-fill` grows by itself, into what
 * the words around it leave; what stands beside the stage never grows.
 * @param {ParentNode} root
 */
export function fit(root) {
  const side = root.querySelector(".side");
  /** @type {HTMLElement | null} */
  const stage = root.querySelector(".stage");
  /** @type {HTMLElement | null} */
  const kind = root.querySelector(".stage-kind");
  /** @type {HTMLElement | null} */
  const own = root.querySelector(".stage-kind [data-fill]");
  const beside = root.querySelector(".agenda, .late");
  for (const part of [kind, own, beside]) {
    part?.removeAttribute("style");
    part?.removeAttribute("data-whole");
  }
  if (innerWidth < 800) return; // no projector: there it scrolls
  if (stage && kind) {
    once(stage, [kind, own], () => {
      if (own) fill(own, stage);
      if (own) shrink(kind, stage);
      else grow(kind, stage, LARGEST);
    });
  }
  if (side && beside) {
    fold(beside, side);
    grow(beside, side, 1);
  }
}
