// What a page says instead, that has been out of reach for too long: it can ask nobody for it then.
import exercise from "../../templates/out_of_reach/exercise.html";
import meeting from "../../templates/out_of_reach/meeting.html";

/** By what is over. */
export const INSTEAD = { exercise, meeting };
