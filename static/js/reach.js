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
 * `onOver("exercise" | "meeting")` is called as often as the page looks while the server is out of reach for so long.
 * Returns what to call whenever the server was heard.
 * @param {(over: "exercise" | "meeting") => void} onOver
 */
export function watchReach(onOver) {
  let heard = Date.now();
  // By the clock of the phone, for timers stand still while it sleeps.
  const look = () => {
    heard = Math.min(heard, Date.now()); // somebody set the clock back
    const over = overAfter(Date.now() - heard);
    if (over) onOver(over);
  };
  setInterval(look, MINUTE);
  document.addEventListener("visibilitychange", look);
  addEventListener("pageshow", look);
  addEventListener("online", look);
  return () => {
    // A phone that wakes up may hear the server before it looks.
    look();
    heard = Date.now();
  };
}
