// What is pressed on a phone and is no form: taking back what was sent, and what does something for the group.
import { ask } from "./confirm.js";
import { around } from "./elements.js";
import { argsOf } from "./forms.js";
import { EVENTS } from "./protocol.gen.js";
import { refill, saidIn } from "./refill.js";
import { say } from "./toast.js";

/**
 * `ready` is what waits to be sent, once it is there.
 * @param {HTMLElement} main @param {Send} send @param {Promise<import("./outbox.js").Outbox>} ready
 */
export function watchPresses(main, send, ready) {
  /** @param {HTMLButtonElement} button */
  async function withdraw(button) {
    const { withdraw: id = "", step, confirm, refill: source, now } = button.dataset;
    if (confirm && !(await ask(confirm))) return;
    const said = source ? saidIn(document.getElementById(source)) : {};
    const box = await ready;
    if (box.has(id)) {
      await box.remove(id);
    } else {
      // Others may have seen it since this button was made: the server refuses what nobody was warned of.
      const how = { warned: Boolean(confirm), now: now !== undefined };
      const answer = await send(EVENTS.WITHDRAW, { step, id, ...how });
      if (!answer.ok) {
        say(answer.message);
        return;
      }
    }
    refill(main, said);
  }

  /** @param {HTMLButtonElement} button */
  async function act(button) {
    const { act: name, step, confirm } = button.dataset;
    const args = argsOf(button);
    if (confirm && !(await ask(confirm))) return;
    const answer = await send(EVENTS.ACT, { step, name, args });
    if (!answer.ok) say(answer.message);
  }

  document.addEventListener("click", (event) => {
    const button = around(event, "button[data-withdraw], button[data-act]");
    if (!button || button.disabled) return;
    event.preventDefault();
    if (button.dataset.withdraw) withdraw(button);
    else act(button);
  });
}
