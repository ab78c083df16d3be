// What a trainer says of the phones that wait at the door, by the words that stand on them.
import { ask } from "./confirm.js";
import { around } from "./elements.js";
import { EVENTS } from "./protocol.gen.js";
import { say } from "./toast.js";

/** @param {Link} link */
export function listenDoor(link) {
  document.addEventListener("click", async (event) => {
    const button = around(event, "button[data-door]");
    if (!button || button.disabled) return;
    const { door: name, words = "", confirm } = button.dataset;
    if (confirm && !(await ask(confirm))) return;
    const answer = await link.send(EVENTS.DOOR, { name, args: { word: words.split(" ") } });
    if (!answer.ok) say(answer.message || "Dat lukte niet. Probeer het nog eens.");
  });
}
