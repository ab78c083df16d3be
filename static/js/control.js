// The trainer's view.
import { enhanceBoards, listenBoards } from "./board.js";
import { enhanceClocks } from "./clock.js";
import { coverArgs, listenCommands, makeCommander } from "./commands.js";
import { listenDoor } from "./doorman.js";
import { around } from "./elements.js";
import { isFullScreen, listenKeys, showHelp, toggleFullScreen } from "./keys.js";
import { startPage } from "./page.js";

/** @type {Command} */
let command = () => Promise.resolve(false);

let moment = "";
/** Another step, statement or slide is read from its beginning. @param {HTMLElement} main */
function fromTheTop(main) {
  const now = main.querySelector(".control")?.dataset.moment ?? "";
  if (now === moment) return;
  moment = now;
  for (const part of main.querySelectorAll("#now, #notes")) part.scrollTop = 0;
}

const link = startPage("control", {
  tools: () => ({ command: (name, args) => command(name, args) }),
  onShown(main) {
    enhanceClocks(main);
    enhanceBoards(main);
    fromTheTop(main);
  },
  holds: isFullScreen,
});
command = makeCommander(link);
listenCommands(link, command);
listenBoards(command);
listenDoor(link);
listenKeys({
  next: () => command("next"),
  back: () => command("back"),
  cover: () => command("cover", coverArgs()),
  join: () => command("join"),
  full: toggleFullScreen,
  help: showHelp,
});
document.addEventListener("click", (event) => around(event, "[data-help]") && showHelp());
