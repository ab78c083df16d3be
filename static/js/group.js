// The group that somebody is in: this tab keeps it until the phone lets go of its meeting, and never sends it.
// What is for one group has `data-for-group`, for whoever is in none `data-no-group`, in any `data-any-group`.
import { around } from "./elements.js";

const KEY = "kwartier.groep";

/** For a phone that lets go of its meeting. */
export const forgetGroup = () => sessionStorage.removeItem(KEY);

/**
 * Show what is for this phone's group of a meeting, now and after each press. Returns what shows it after each change
 * of the page.
 * @param {HTMLElement} main @param {string} meeting
 */
export function watchGroup(main, meeting) {
  /** What the page said of an element: it counts once, so whoever goes to another group stays there. @type {WeakMap<HTMLElement, string>} */
  const told = new WeakMap();

  function known() {
    const [of, number = ""] = (sessionStorage.getItem(KEY) ?? "").split(":");
    return of === meeting ? number : "";
  }

  /** @param {string} group */
  function choose(group) {
    if (group) sessionStorage.setItem(KEY, `${meeting}:${group}`);
    else forgetGroup();
  }

  function look() {
    for (const each of main.querySelectorAll("[data-my-group]")) {
      const { myGroup = "" } = each.dataset;
      if (told.get(each) !== myGroup) choose(myGroup);
      told.set(each, myGroup);
    }
    const offered = [...main.querySelectorAll("[data-for-group]")];
    const group = known();
    // A group that this exercise does not have is none.
    const here = offered.some(({ dataset }) => dataset.forGroup === group) ? group : "";
    for (const each of offered) each.hidden = each.dataset.forGroup !== here;
    for (const each of main.querySelectorAll("[data-no-group]")) each.hidden = Boolean(here);
    for (const each of main.querySelectorAll("[data-any-group]")) each.hidden = !here;
    for (const field of main.querySelectorAll("input[data-group-field]")) field.value = here;
  }

  main.addEventListener("click", (event) => {
    const button = around(event, "button[data-group]");
    if (!button) return;
    choose(button.dataset.group ?? "");
    look();
  });

  return look;
}
