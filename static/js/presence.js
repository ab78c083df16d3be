// All tabs of a phone have one sign, that it takes part. The tab in which it leaves changes the sign: the others
// see that at once, also without a connection, and one that slept sees it when it wakes up. A page that is opened
// before the server knows that the phone left sees it too, and goes on with leaving.
import { signOf } from "./cipher.js";

const SIGN = "kwartier:";
const LEFT = "left ";

/**
 * A browser may refuse to keep anything: then each tab is on its own.
 * @template T @param {(signs: Storage) => T} work
 */
function kept(work) {
  try {
    return work(window.localStorage);
  } catch {
    return undefined;
  }
}

/**
 * For a page that is of no meeting: `call` when this phone leaves one in another tab.
 * @param {() => void} call
 */
export const onLeft = (call) =>
  addEventListener("storage", ({ key, newValue }) => key?.startsWith(SIGN) && newValue?.startsWith(LEFT) && call());

/** @typedef {ReturnType<typeof openPresence>} Presence */

/**
 * A browser is in one meeting (or in none, ''): the signs of all others are nobody's.
 * @param {string} meeting
 */
export function keepSign(meeting) {
  kept((signs) => {
    for (const name of Object.keys(signs)) if (name.startsWith(SIGN) && name !== SIGN + meeting) signs.removeItem(name);
  });
}

/**
 * The sign of the phone that has this `lock`; a page without one is of a meeting that is over for everybody.
 * @param {string} [meeting] @param {string} [lock]
 */
export function openPresence(meeting, lock) {
  const name = SIGN + meeting;
  const mine = lock ? signOf(lock) : "";
  const left = LEFT + mine;
  const there = mine && kept((signs) => {
    if (signs.getItem(name) !== left) signs.setItem(name, mine);
    return true;
  });
  /** @param {Storage} signs */
  const isThere = (signs) => signs.getItem(name) === mine;
  return {
    /** Gone, or of another phone that this browser became. */
    isOver: () => Boolean(there) && kept(isThere) === false,
    end: () => kept((signs) => isThere(signs) && signs.setItem(name, left)),
    /** The server knows: what is left here is nobody's. */
    forget: () => kept((signs) => (!mine || [mine, left].includes(signs.getItem(name) ?? "")) && signs.removeItem(name)),
    /** @param {() => void} call */
    onOver(call) {
      const look = () => this.isOver() && call();
      addEventListener("storage", look);
      addEventListener("pageshow", look);
      document.addEventListener("visibilitychange", look);
    },
  };
}
