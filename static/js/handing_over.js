// Handing an agreement of the notebook over: to another phone by a QR code, and its days to a calendar. The code is
// drawn here, and the file is made here: nobody else gets a word of it.
import { calendarOf, fragmentOf } from "./agreement.js";
import { around, the } from "./elements.js";
import { uuid4 } from "./ids.js";
import { give } from "./notebook_view.js";
import { say } from "./toast.js";

const SVG = "http://www.w3.org/2000/svg";
// The white that a camera needs around a code, in dots.
const QUIET = 4;

/** What draws codes is fetched when a page offers one. */
const drawing = () => import("../vendor/lean-qr.js");

/** A QR code, as a picture. @param {string} text */
export async function codeOf(text) {
  const { generate } = await drawing();
  const code = generate(text);
  const size = code.size + 2 * QUIET;
  let dots = "";
  for (let y = 0; y < code.size; y += 1) for (let x = 0; x < code.size; x += 1) if (code.get(x, y)) dots += `M${x + QUIET} ${y + QUIET}h1v1h-1z`;
  const picture = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  picture.setAttribute("viewBox", `0 0 ${size} ${size}`);
  picture.setAttribute("role", "img");
  picture.setAttribute("aria-label", "QR-code van de afspraak");
  picture.setAttribute("shape-rendering", "crispEdges");
  path.setAttribute("d", dots);
  picture.append(path);
  return picture;
}

/** The parts of an agreement on the page, in their order. @param {HTMLElement} agreement */
const partsOf = (agreement) => [...agreement.querySelectorAll("input[data-part], textarea[data-part]")];

/** @param {HTMLElement} agreement @param {string} book */
async function handOver(agreement, book) {
  const values = partsOf(agreement).map(({ value }) => value.trim());
  if (!values.some(Boolean)) {
    say("Schrijf eerst op wat jullie afspreken.");
    return;
  }
  const heading = the("h2", agreement).textContent.trim();
  const dialog = the("dialog#hand-over");
  const place = the("[data-code]", dialog);
  const fragment = fragmentOf({ book, list: agreement.dataset.agreement ?? "", heading, values });
  const code = await codeOf(`${new URL(dialog.dataset.address ?? "", location.href)}#${fragment}`).catch(() => null);
  if (!code) say("De code is er nog niet. Probeer het zo nog eens.");
  if (!code || dialog.open) return;
  place.replaceChildren(code);
  dialog.addEventListener("close", () => place.replaceChildren(), { once: true });
  dialog.showModal();
}

/** @param {HTMLElement} agreement */
function toCalendar(agreement) {
  const days = [...agreement.querySelectorAll("input[data-event]")]
    .filter(({ value }) => value)
    .map(({ value, dataset }) => ({ day: value, title: dataset.event ?? "" }));
  if (days.length) give(calendarOf(days, uuid4), "afspraak.ics", "text/calendar");
  else say("Kies eerst een datum.");
}

/** Listen for whoever hands an agreement over. Returns what to call after each change of the page. @param {HTMLElement} main */
export function startHandingOver(main) {
  const { book = "" } = main.dataset;
  main.addEventListener("click", (event) => {
    const agreement = around(event, "[data-agreement]");
    if (!agreement) return;
    if (around(event, "button[data-hand-over]")) handOver(agreement, book);
    if (around(event, "button[data-calendar]")) toCalendar(agreement);
  });
  return () => {
    if (main.querySelector("[data-hand-over]")) drawing().catch(() => {});
  };
}
