// The group that somebody is in: this tab keeps it until the phone lets go of its meeting, and never sends it.
// What is for one group has `data-for-group`, for whoever is in none `data-no-group`, in any `data-any-group`.
import { around } from "./elements.js";

const KEY = "kwartier.groep";
/** The meeting and the number of the group, for a browser that refuses to keep it: then it lasts as long as the page. */
let held = "";

/**
 * A browser that keeps nothing for us must stop nothing else.
 * @template T @param {(tab: Storage) => T} work
 */
function kept(work) {
  try {
    return work(window.sessionStorage);
  } catch {
    return undefined;
  }
}

/** For a phone that lets go of its meeting. */
export function forgetGroup() {
  held = "";
  kept((tab) => tab.removeItem(KEY));
}

/**
 * Show what is for this phone's group of a meeting, now and after each press. Returns what shows it after each change
 * of the page.
 * @param {HTMLElement} main @param {string} meeting
 */
export function watchGroup(main, meeting) {
  /** What the page said of an element: it counts once, so whoever goes to another group stays there. @type {WeakMap<HTMLElement, string>} */
  const told = new WeakMap();

  function known() {
    const [of, number = ""] = (held || kept((tab) => tab.getItem(KEY)) || "").split(":");
    return of === meeting ? number : "";
  }

  /** @param {string} group */
  function choose(group) {
    forgetGroup();
    if (!group) return;
    held = `${meeting}:${group}`;
    kept((tab) => tab.setItem(KEY, held));
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
