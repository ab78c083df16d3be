// What a live phone needs only in a course with a notebook. It is a script of its own, with its own copies of what the
// page's script has too: `tools/bundle.mjs` sees to it that these remember nothing.
import handOver from "../../templates/notebook/hand_over.html";
import tools from "../../templates/notebook/tools.html";
import whose from "../../templates/notebook/whose.html";

export { startHandingOver } from "./handing_over.js";
export { startKeeping } from "./keeping.js";

/**
 * Put below the exercise what belongs to the notebook; all of it is still hidden. Above it, it would take the first
 * screen of a phone, and push away what somebody is reading. @param {HTMLElement} main
 */
export function furnish(main) {
  main.insertAdjacentHTML("afterend", whose + tools + handOver);
}
