// The script of the pages on which a course's own text is changed. Without it everything works by its buttons.
import "./account.js";
import "./editing_draft.js";
import "./editing_preview.js";
import "./editing_total.js";
