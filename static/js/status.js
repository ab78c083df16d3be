// The line that says that the server is gone, and that it is back.
import { the } from "./elements.js";

/** @type {Record<string, string>} */
const WORDS = {
  online: "",
  offline: "Verbinding weg. We proberen het steeds opnieuw.",
  refused: "Je bent niet meer aangemeld.",
};

/**
 * The page's connection line; `document.documentElement` carries `data-connection` for the style.
 * @param {ConnectionState} state
 */
export function showConnection(state) {
  document.documentElement.dataset.connection = state;
  const box = document.getElementById("connection");
  if (!box) return;
  const words = WORDS[state] ?? "";
  const line = the("span", box);
  if (line.textContent !== words) line.textContent = words;
  box.classList.toggle("is-shown", Boolean(words));
  the("[data-reload]", box).hidden = state !== "refused";
}
