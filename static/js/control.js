// The trainer's view.
import { enhanceBoards, listenBoards } from "./board.js";
import { enhanceClocks } from "./clock.js";
import { listenCommands, makeCommander } from "./commands.js";
import { listenDoor } from "./doorman.js";
import { around, the } from "./elements.js";
import { isFullScreen, listenRoomKeys, showHelp } from "./keys.js";
import { makeNews } from "./news.js";
import { startPage } from "./page.js";
import { markParts } from "./remote.js";

/** @type {Command} */
let command = () => Promise.resolve(false);

let moment = the("#view .control").dataset.moment;
const tellNews = makeNews(the("#announce"), ".c-alerts > p.notice, .c-alerts .notice > strong");

/** What is in front of the room: a step, and which statement or slide of it. @param {HTMLElement} main */
const nameOf = (main) =>
  [...main.querySelectorAll("#now-title, #lobby-title, #closed-title, .c-kind > section > h3:first-of-type, .c-kind .card > h3:first-child")]
    .map((each) => each.textContent.trim().replace(/\s+/g, " "))
    .join(". ");

/** Another step, statement or slide is read from its beginning, and told to those who listen. @param {HTMLElement} main */
function fromTheTop(main) {
  const now = main.querySelector(".control")?.dataset.moment;
  const isOther = now !== moment;
  moment = now;
  if (isOther) for (const part of main.querySelectorAll("#now, #notes")) part.scrollTop = 0;
  tellNews(main, isOther, () => nameOf(main));
}

const link = startPage({
  tools: () => ({ command: (name, args) => command(name, args) }),
  onShown(main) {
    enhanceClocks(main);
    enhanceBoards(main);
    markParts(main);
    fromTheTop(main);
  },
  holds: isFullScreen,
});
command = makeCommander(link);
listenCommands(link, command);
listenBoards(command);
listenDoor(link);
listenRoomKeys(command);
document.addEventListener("click", (event) => around(event, "[data-help]") && showHelp());
