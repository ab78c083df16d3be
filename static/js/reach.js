// A page that walked out of the WiFi is never told that its exercise, or its meeting, has ended. So it lets go by
// itself: soon of what an exercise does not keep, and of everything once no meeting can be going on any more.
const MINUTE = 60_000;
const EXERCISE = 30 * MINUTE;
const MEETING = 12 * 60 * MINUTE;

/**
 * What is over, as far as a page can know that has not heard the server for `silence` milliseconds.
 * @param {number} silence
 */
export const overAfter = (silence) => (silence >= MEETING ? "meeting" : silence >= EXERCISE ? "exercise" : "");

/**
 * `onLook(passed)` is called each minute, and whenever the page may have slept, with how many milliseconds passed since
 * the beginning. Returns what begins anew.
 * @param {(passed: number) => void} onLook
 */
export function watchClock(onLook) {
  let begun = Date.now();
  // By the clock of the phone, for timers stand still while it sleeps.
  const look = () => {
    begun = Math.min(begun, Date.now()); // somebody set the clock back
    onLook(Date.now() - begun);
  };
  setInterval(look, MINUTE);
  document.addEventListener("visibilitychange", look);
  addEventListener("pageshow", look);
  addEventListener("online", look);
  return () => {
    // A phone that wakes up may hear the server before it looks.
    look();
    begun = Date.now();
  };
}

/**
 * `onOver("exercise" | "meeting")` is called as often as the page looks while the server is out of reach for so long.
 * Returns what to call whenever the server was heard.
 * @param {(over: "exercise" | "meeting") => void} onOver
 */
export const watchReach = (onOver) =>
  watchClock((silence) => {
    const over = overAfter(silence);
    if (over) onOver(over);
  });
