// Shows what still waits and what came too late, and gives the text back.
import { the } from "./elements.js";
import { say } from "./toast.js";

/** @type {(text: string, action: () => void) => HTMLButtonElement} */
const button = (text, action) => {
  const element = document.createElement("button");
  element.type = "button";
  element.className = "button";
  element.textContent = text;
  element.addEventListener("click", action);
  return element;
};

/** @param {HTMLTextAreaElement} area */
async function copy(area) {
  area.select();
  try {
    // Plain HTTP has no clipboard API: the old way works there.
    if (navigator.clipboard) await navigator.clipboard.writeText(area.value);
    else document.execCommand("copy");
    say("De tekst is gekopieerd.");
  } catch {
    say("Kopiëren lukt niet. Houd je vinger op de tekst om hem te kopiëren.");
  }
}

/** @type {(entry: Entry, drop: (id: string) => void) => HTMLElement} */
function lateCard(entry, drop) {
  const card = document.createElement("div");
  card.className = "late card stack";
  card.dataset.id = entry.id;
  const title = document.createElement("p");
  title.innerHTML = "<strong>Niet verstuurd</strong>";
  const reason = document.createElement("p");
  reason.textContent = `${entry.refusal} Je tekst staat hieronder. Zo kun je hem bewaren.`;
  const area = document.createElement("textarea");
  area.readOnly = true;
  area.autocomplete = "off";
  area.value = entry.text;
  area.setAttribute("aria-label", "Je tekst");
  const row = document.createElement("div");
  row.className = "row";
  row.append(button("Kopieer de tekst", () => copy(area)), button("Weg ermee", () => drop(entry.id)));
  card.append(title, reason, area, row);
  return card;
}

/** @type {number} */
let fading;

/**
 * Bring the status line `#sent` and the list `#late` up to date.
 * @param {News} news @param {(id: string) => void} drop
 */
export function showOutbox({ waiting, late, sent, entry, refused }, drop) {
  const line = the("#sent");
  clearTimeout(fading);
  if (waiting.length) {
    const words = waiting.length === 1 ? "Nog niet verstuurd" : `Nog niet verstuurd (${waiting.length})`;
    line.textContent = waiting.some((each) => each.fleeting) ? `${words}. Laat deze pagina open.` : words;
    line.dataset.state = "waiting";
  } else if (sent) {
    line.textContent = "Verstuurd";
    line.dataset.state = "sent";
    fading = setTimeout(() => {
      line.textContent = "";
      line.dataset.state = "";
    }, 4000);
  } else if (line.dataset.state === "waiting") {
    line.textContent = "";
    line.dataset.state = "";
  }
  if (refused && !entry?.text) say(refused);
  const list = the("#late");
  const shown = new Set([...list.querySelectorAll(":scope > *")].map((card) => card.dataset.id));
  for (const each of late) if (!shown.has(each.id)) list.append(lateCard(each, drop));
  const kept = new Set(late.map((each) => each.id));
  for (const card of list.querySelectorAll(":scope > *")) if (!kept.has(card.dataset.id ?? "")) card.remove();
}
