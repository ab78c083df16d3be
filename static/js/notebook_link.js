// A page on which no meeting is open says that there is still a notebook on this phone, when there is.
import { the } from "./elements.js";
import { readBooks } from "./notebook.js";

readBooks().then((books) => {
  the("[data-notebook]").hidden = books.length === 0;
});
