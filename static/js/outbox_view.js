// Shows what still waits and what was saved.
import { the } from "./elements.js";
import { say } from "./toast.js";

/** @type {number} */
let fading;

/** Bring the status line `#sent` up to date. @param {News} news */
export function showOutbox({ waiting, sent, entry, refused }) {
  const line = the("#sent");
  clearTimeout(fading);
  if (waiting.length) {
    const words = waiting.length === 1 ? "Nog niet verstuurd" : `Nog niet verstuurd (${waiting.length})`;
    line.textContent = waiting.some((each) => each.fleeting) ? `${words}. Laat deze pagina open.` : words;
    line.dataset.state = "waiting";
  } else if (sent) {
    line.textContent = "Verstuurd";
    line.dataset.state = "sent";
    fading = setTimeout(() => {
      line.textContent = "";
      line.dataset.state = "";
    }, 4000);
  } else if (line.dataset.state === "waiting") {
    line.textContent = "";
    line.dataset.state = "";
  }
  if (refused && !entry?.text) say(refused);
}
