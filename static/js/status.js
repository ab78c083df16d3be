// The line that says that the server is gone, and that it is back.
const WORDS = {
  online: "",
  offline: "Verbinding weg. We proberen het steeds opnieuw.",
  refused: "Je bent niet meer aangemeld.",
};

/** The page's connection line; `document.documentElement` carries `data-connection` for the style. */
export function showConnection(state) {
  document.documentElement.dataset.connection = state;
  const box = document.getElementById("connection");
  if (!box) return;
  const words = WORDS[state] ?? "";
  if (box.firstElementChild.textContent !== words) box.firstElementChild.textContent = words;
  box.classList.toggle("is-shown", Boolean(words));
  box.querySelector("[data-reload]").hidden = state !== "refused";
}
