// What is new on the projector moves in gently, once, so that a room sees where to look.

const LONG = 450; // ms
// Nothing fades: it can be read from the first moment.
const FRAMES = [{ translate: "0 -0.6rem" }, { translate: "0 0" }];
// What people look at one by one; a number that changes in it makes it no other.
const PIECES = "h2, li, tr, dd, blockquote, .card, [data-moves]";
const NUMBERS = /\d+/g;

/** @param {Element} piece */
const nameOf = (piece) => `${piece.localName} ${piece.textContent?.replace(NUMBERS, "").replace(/\s+/g, " ").trim()}`;

/**
 * What to call whenever the screen shows something. The first time all of it is as it was, and nothing moves.
 * @param {HTMLElement} root
 */
export function makeMoving(root) {
  /** @type {Set<string> | undefined} */
  let known;
  let step = "";
  return () => {
    const stage = root.querySelector(".stage");
    const pieces = [...(stage?.querySelectorAll(`.stage-kind :is(${PIECES})`) ?? [])];
    const names = pieces.map(nameOf);
    const here = stage?.dataset.fresh ?? "";
    const before = known;
    const isOther = here !== step;
    known = new Set(names);
    step = here;
    if (!before || !stage || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    // Another step comes as a whole.
    const fresh = isOther ? [stage] : pieces.filter((_, place) => !before.has(names[place]));
    for (const each of fresh) {
      if (!fresh.some((other) => other !== each && other.contains(each))) each.animate(FRAMES, { duration: LONG, easing: "ease-out" });
    }
  };
}
