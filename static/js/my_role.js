// The role that somebody plays in an exercise: it lasts as long as the page, and is never sent. `data-roles` on a part
// says for what one chooses a role: the exercise, and after a slash which time. In it `data-for-role` is for one role,
// `data-no-role` for whoever has none this time, `data-after-role` for those besides who had that one the time before.
import { around } from "./elements.js";

/** By exercise: the last time that its owner chose, and what. @type {Map<string, {roles: string, role: string}>} */
const chosen = new Map();

/** For a phone that lets go of its meeting. */
export const forgetRoles = () => chosen.clear();

/** @param {string} roles */
const exerciseOf = (roles) => roles.split("/")[0] ?? "";

/** @param {HTMLElement} part */
function show(part) {
  const { roles = "" } = part.dataset;
  const last = chosen.get(exerciseOf(roles));
  const mine = last?.roles === roles ? last.role : "";
  const before = last && last.roles !== roles ? last.role : "";
  for (const each of part.querySelectorAll("[data-for-role]")) each.hidden = each.dataset.forRole !== mine;
  for (const each of part.querySelectorAll("[data-no-role]")) each.hidden = Boolean(mine);
  for (const each of part.querySelectorAll("[data-after-role]")) each.hidden = !before || each.dataset.afterRole !== before;
}

/**
 * Show what is for the role of this phone, now and after each press. Returns what shows it after each change of the page.
 * @param {HTMLElement} main
 */
export function watchRole(main) {
  const look = () => main.querySelectorAll("[data-roles]").forEach(show);

  main.addEventListener("click", (event) => {
    const button = around(event, "button[data-take-role]");
    const part = button?.closest("[data-roles]");
    if (!button || !part) return;
    const { roles = "" } = part.dataset;
    chosen.set(exerciseOf(roles), { roles, role: button.dataset.takeRole ?? "" });
    look();
    // The button is hidden now: whoever uses a keyboard goes on where it led.
    [...part.querySelectorAll("[data-for-role], [data-no-role]")].find((each) => !each.hidden)?.focus();
  });

  return look;
}
