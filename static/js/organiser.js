// The script of the pages for trainers and organisers who are logged in.
import "./account.js";
import "./copy.js";
import "./printing.js";
import "./unsaved.js";
