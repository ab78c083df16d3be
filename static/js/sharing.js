// Whether the group may share what a step showed: yes and no look alike here, to a neighbour, and on the network.
import { around } from "./elements.js";
import { EVENTS } from "./protocol.gen.js";
import { say } from "./toast.js";

// Of the message, where an exercise has no size of its own.
const SIZE = 256;

/** `sizeNow` gives how many bytes all messages of an exercise have. @param {Send} send @param {() => string | undefined} sizeNow */
export function watchSharing(send, sizeNow) {
  document.addEventListener("click", async (event) => {
    const button = around(event, "button[data-sharing]");
    if (!button) return;
    event.preventDefault();
    const { sharing: step, said } = button.dataset;
    const answer = await send(EVENTS.SHARING, { step, said }, Number(sizeNow()) || SIZE);
    say(answer.ok ? "Dank je. Niemand ziet wat jij koos." : answer.message);
  });
}
