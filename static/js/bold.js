// A phone begins with one font, of which the browser makes the bold itself. The real bold comes when nothing waits for
// it, and is used from the next exercise or question on: nothing moves that somebody is reading, or about to press.
const LATER = 3000;
const SPREAD = 6000;

/** Returns `fetchLater()`, and `use()`, for when something else is shown. @param {string} url */
export function boldFrom(url) {
  /** @type {FontFace | null} */
  let face = null;
  const bring = () => {
    face ??= new FontFace("Atkinson Hyperlegible", `url(${url})`, { weight: "700" });
    face.load().catch(() => (face = null));
  };
  return {
    // Not all of a room in the same moment.
    fetchLater: () => void setTimeout(bring, LATER + Math.random() * SPREAD),
    use: () => face?.status === "loaded" && document.fonts.add(face),
  };
}
