// A page on which this phone is in no meeting, or in one other than it was: signs of other meetings are nobody's.
import { the } from "./elements.js";
import { keepSign } from "./presence.js";

keepSign(the("script[data-in]").dataset.in ?? "");
