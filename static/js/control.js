// The trainer's view.
import { coverArgs, listenCommands, makeCommander } from "./commands.js";
import { listenDoor } from "./doorman.js";
import { around } from "./elements.js";
import { listenKeys, showHelp, toggleFullScreen } from "./keys.js";
import { startPage } from "./page.js";

/** @type {Command} */
let command = () => Promise.resolve(false);
const link = startPage("control", { tools: () => ({ command: (name, args) => command(name, args) }) });
command = makeCommander(link);
listenCommands(link, command);
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
