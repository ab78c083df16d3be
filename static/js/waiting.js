// The page of a phone that waits at the door: it asks again by itself, until there is something else to see.
import { the } from "./elements.js";

const PAUSE = 2000;
// Only who asks again has a place in the line, and a word.
const FIRST = 1200;

/** @param {DOMStringMap} place */
function wait({ waits, word, ask = "", door = "" }) {
  const away = the("[data-away]");
  let timer = setTimeout(again, FIRST);

  // Not all of a room in the same moment.
  const later = () => (timer = setTimeout(again, PAUSE + Math.random() * PAUSE));

  /** @returns {Promise<unknown>} */
  async function again() {
    clearTimeout(timer);
    try {
      const response = await fetch(ask, { cache: "no-store" });
      if (!response.ok) throw new Error(String(response.status));
      const found = await response.json();
      if (found.answer !== waits || found.word !== word) return location.replace(door);
      away.hidden = true;
    } catch {
      away.hidden = false;
    }
    return later();
  }

  // A phone that slept asks as soon as somebody looks at it.
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && again());
}

const place = document.querySelector("[data-waits]");
if (place) wait(place.dataset);
