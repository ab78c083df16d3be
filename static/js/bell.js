// A soft bell when the time is over: on the screen alone, and only after somebody turned it on there.
import { around } from "./elements.js";

const VOLUME = 0.18;
const LOOK = 250;
// A struck bowl: a low tone with two overtones that die away sooner.
const TONES = [
  { pitch: 392, loud: 1, seconds: 3.2 },
  { pitch: 784, loud: 0.45, seconds: 2.2 },
  { pitch: 1082, loud: 0.2, seconds: 1.4 },
];

/** @param {AudioContext} audio */
function ring(audio) {
  const now = audio.currentTime;
  for (const { pitch, loud, seconds } of TONES) {
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.0001, now);
    volume.gain.exponentialRampToValueAtTime(VOLUME * loud, now + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.0001, now + seconds);
    tone.connect(volume).connect(audio.destination);
    tone.start(now);
    tone.stop(now + seconds);
  }
}

/**
 * The bell that a kind asks for with `<button data-bell hidden>` in its `screen.html`. Returns what to call after each
 * change of the page.
 * @param {HTMLElement} main
 */
export function makeBell(main) {
  /** Made at the first press: before that a browser lets nothing sound. @type {AudioContext | null} */
  let audio = null;
  let on = false;
  /** Was the time over when it was last looked at? */
  let over = true;

  function look() {
    const button = main.querySelector("button[data-bell]");
    if (!button) return;
    button.hidden = false;
    button.setAttribute("aria-pressed", String(on));
    button.textContent = on ? "Belletje aan" : "Zet het belletje aan";
  }

  function listen() {
    const time = main.querySelector("button[data-bell]") && main.querySelector(".side [data-timer]");
    const before = over;
    over = !time || time.classList.contains("is-over");
    if (audio && on && time && over && !before) ring(audio);
  }

  main.addEventListener("click", (event) => {
    if (!around(event, "button[data-bell]")) return;
    on = !on;
    if (!audio) setInterval(listen, LOOK);
    audio ??= new AudioContext();
    audio.resume();
    look();
    listen();
    // What was just turned on is heard, so that the volume can be set.
    if (on) ring(audio);
  });
  return look;
}
