// The first script of the screen, in the place of first.js: what it shows has its size and its letters before anybody
// sees it, also when the script of the page comes later.
import { holdPresses } from "./early.js";
import { openSocket } from "./first_socket.js";
import { fit } from "./fit.js";

// Nobody waits longer than this for letters, or for the rest of the page.
const PATIENCE = 1000;

const { classList } = document.documentElement;

function show() {
  if (!classList.contains("is-coming")) return;
  fit(document);
  classList.remove("is-coming");
}

holdPresses();
openSocket();
classList.add("is-coming");
setTimeout(show, PATIENCE);
document.addEventListener("DOMContentLoaded", () => {
  const letters = [...(document.fonts ?? [])].filter(({ style }) => style === "normal").map((face) => face.load());
  Promise.allSettled(letters).then(show);
});
