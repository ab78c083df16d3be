// An agreement on its way from one phone to another: behind the # of an address, which no browser sends to anybody.
// The other phone reads it from a QR code, so it comes from outside, and only what looks like one is taken.

/** By the order of `FIELDS` in trainer/kinds/agreement.py. */
const PARTS = ["wat", "wie", "wanneer", "terug"];
const LONGEST = 400;
const BOOK = /^[0-9a-f]{16}$/;
const LIST = /^[a-z0-9-]{1,60}$/;

/** What a part of an agreement is called in notebooks. @param {string} list @param {string} part */
const noteName = (list, part) => `afspraak-${list}-${part}`;

/** @param {string} text */
function packed(text) {
  const bytes = String.fromCharCode(...new TextEncoder().encode(text));
  return btoa(bytes).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** @param {string} code */
function unpacked(code) {
  const bytes = atob(code.replaceAll("-", "+").replaceAll("_", "/"));
  return new TextDecoder("utf-8", { fatal: true }).decode(Uint8Array.from(bytes, (each) => each.charCodeAt(0)));
}

/** The part of an address behind the #. @param {Agreement} agreement */
export const fragmentOf = ({ book, list, heading, values }) => packed(JSON.stringify([book, list, heading, ...values]));

/**
 * The agreement in the part of an address behind the #; null where there is none.
 * @param {string} fragment @returns {Agreement | null}
 */
export function agreementIn(fragment) {
  try {
    const found = JSON.parse(unpacked(fragment.replace(/^#/, "")));
    const isText = (/** @type {unknown} */ each) => typeof each === "string" && each.length <= LONGEST;
    if (!Array.isArray(found) || found.length !== 3 + PARTS.length || !found.every(isText)) return null;
    const [book, list, heading, ...values] = found;
    return BOOK.test(book) && LIST.test(list) && values.some(Boolean) ? { book, list, heading, values } : null;
  } catch {
    return null;
  }
}

/** What goes into a notebook, by the labels of its parts. @param {Agreement} agreement @param {string[]} labels */
export const notesOf = ({ list, heading, values }, labels) =>
  PARTS.map((part, place) => ({ name: noteName(list, part), heading, label: labels[place], drawn: false, value: values[place] }));

/** A day as calendars write it. @param {string} day */
const basic = (day) => day.replaceAll("-", "");

/**
 * A file for a calendar: days with what they are called, and nothing of what was agreed.
 * @param {{day: string, title: string}[]} days @param {() => string} newId
 */
export function calendarOf(days, newId) {
  const stamp = `${new Date().toISOString().slice(0, 19).replaceAll(/[-:]/g, "")}Z`;
  const events = days.flatMap(({ day, title }) => [
    "BEGIN:VEVENT",
    `UID:${newId()}`,
    `DTSTAMP:${stamp}`,
    `DTSTART;VALUE=DATE:${basic(day)}`,
    `SUMMARY:${title}`,
    "END:VEVENT",
  ]);
  return ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Kwartier//NL", ...events, "END:VCALENDAR", ""].join("\r\n");
}
