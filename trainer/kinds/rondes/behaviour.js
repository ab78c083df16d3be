// A soft bell when the time of a round is over: on the screen alone, and only after somebody turned it on there.
const VOLUME = 0.18;
// A struck bowl: a low tone with two overtones that die away sooner.
const TONES = [
  { pitch: 392, loud: 1, seconds: 3.2 },
  { pitch: 784, loud: 0.45, seconds: 2.2 },
  { pitch: 1082, loud: 0.2, seconds: 1.4 },
];

/** Made at the first press: before that a browser lets nothing sound. @type {AudioContext | null} */
let audio = null;
let on = false;
/** Was the time over when it was last looked at? */
let over = true;

function ring() {
  if (!audio) return;
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

/** @param {HTMLElement} button */
function label(button) {
  button.setAttribute("aria-pressed", String(on));
  button.textContent = on ? "Belletje aan" : "Zet het belletje aan";
}

function listen() {
  const time = document.querySelector("body:has(.k-rondes--screen) .side [data-timer]");
  const before = over;
  over = !time || time.classList.contains("is-over");
  if (on && time && over && !before) ring();
}

const met = new WeakSet();

/** @type {Enhance} */
export function enhance(root) {
  const button = root.querySelector(".k-rondes--screen button[data-bell]");
  if (!(button instanceof HTMLButtonElement)) return;
  button.hidden = false;
  label(button);
  if (met.has(button)) return;
  met.add(button);
  button.addEventListener("click", () => {
    on = !on;
    audio ??= new AudioContext();
    audio.resume();
    label(button);
    // What was just turned on is heard, so that the volume can be set.
    if (on) ring();
  });
  if (met.has(root)) return;
  met.add(root);
  setInterval(listen, 250);
}
