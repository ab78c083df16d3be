// All tabs of a phone have one sign, that it takes part. The tab in which it leaves takes the sign away: the
// others see that at once, also without a connection, and one that slept sees it when it wakes up.
import { signOf } from "./cipher.js";

/** A browser may refuse to keep anything: then each tab is on its own. */
function kept(work) {
  try {
    return work(window.localStorage);
  } catch {
    return undefined;
  }
}

/** The sign of the phone that has this `lock`; a page without one needs none. */
export function openPresence(meeting, lock) {
  const name = `kwartier:${meeting}`;
  const mine = lock && signOf(lock);
  const there = mine && kept((signs) => {
    signs.setItem(name, mine);
    return true;
  });
  const isThere = (signs) => signs.getItem(name) === mine;
  return {
    /** Gone, or of another phone that this browser became. */
    isOver: () => Boolean(there) && kept(isThere) === false,
    end: () => kept((signs) => isThere(signs) && signs.removeItem(name)),
    onOver(call) {
      const look = () => this.isOver() && call();
      addEventListener("storage", look);
      addEventListener("pageshow", look);
      document.addEventListener("visibilitychange", look);
    },
  };
}
