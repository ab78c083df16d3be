// The first script of every page for participants, and of every live page; it is no module. On a live page it runs
// before there is a form, on the others once all of the page is there: each part looks whether it is wanted.
import "./address.js";
import { showCopying } from "./copy.js";
import { holdPresses } from "./early.js";
import { openSocket } from "./first_socket.js";
import "./notebook_link.js";
import "./signs.js";
import { stayHere } from "./stay.js";
import "./waiting.js";

if (document.currentScript?.hasAttribute("data-hold")) {
  holdPresses();
  openSocket();
} else stayHere(showCopying);
