// A page for trainers and organisers goes when its session has ended, also when that happened in another tab.
import { around, the } from "./elements.js";
import { dropOldTexts, dropText, forgetTexts } from "./kept_texts.js";

const EVERY = 2000;

async function look() {
  if (document.visibilityState !== "visible") return;
  try {
    const answer = await fetch("/ingelogd", { cache: "no-store" });
    if (!answer.ok || (await answer.json()).logged_in) return;
  } catch {
    return; // no network: nothing is known
  }
  the("#main").replaceChildren();
  location.reload(); // to the page that asks to log in
}

dropOldTexts();
for (const { dataset } of document.querySelectorAll("[data-saved-text]")) dropText(dataset.savedText ?? "");
document.addEventListener("submit", (event) => around(event, "form[action='/uitloggen']") && forgetTexts());

setInterval(look, EVERY);
document.addEventListener("visibilitychange", look);
addEventListener("pageshow", ({ persisted }) => persisted && look());
