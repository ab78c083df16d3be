// The line that says that the server is gone, and that it is back.
import { the } from "./elements.js";

/** What it says, and what a small page with large letters has no room for. @type {Record<string, [string, string?]>} */
const WORDS = {
  online: [""],
  offline: ["Verbinding weg.", "We proberen het steeds opnieuw."],
  refused: ["Je bent niet meer aangemeld."],
  old: ["Er is een nieuwe versie van Kwartier.", "Bij het volgende onderdeel laadt deze pagina opnieuw."],
};

/**
 * The page's connection line; `document.documentElement` carries `data-connection` for the style. `instead` is for a page
 * on which it says something else.
 * @param {ConnectionState} state @param {string} [instead]
 */
export function showConnection(state, instead) {
  document.documentElement.dataset.connection = state === "old" ? "online" : state;
  const box = document.getElementById("connection");
  if (!box) return;
  const [words, more = ""] = instead ? [instead] : WORDS[state] ?? [""];
  const line = the("span", box);
  if (line.textContent !== `${words} ${more}`.trim()) {
    line.textContent = words;
    if (more) line.append(" ", Object.assign(document.createElement("span"), { className: "connection-more", textContent: more }));
  }
  box.classList.toggle("is-shown", Boolean(words));
  // It may stay for a while: above the page, where it hides nothing of it.
  box.classList.toggle("is-old", state === "old");
  the("[data-retry]", box).hidden = state !== "offline";
  the("[data-reload]", box).hidden = !["refused", "old"].includes(state);
}
