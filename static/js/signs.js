// A page on which this phone is in no meeting, or in one other than it was: signs of other meetings are nobody's.
import { keepSign } from "./presence.js";

const page = document.querySelector("[data-in]");
if (page) keepSign(page.dataset.in ?? "");
