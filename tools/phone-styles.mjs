// Of the style sheet of a kind what a phone can ever need: rules for parts that stand only in what the projector, control
// or paper shows are left out. Where that is not certain, a rule stays.
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";

const ELSEWHERE = new Set(["screen.html", "control.html", "enter.html", "print.html"]);
const TEXT = /\.(?:html|js|py)$/;

/** The words that a phone could have as a class: any that its fragments, or the code of the kind, mention. @param {string} folder */
async function mentioned(folder) {
  const files = (await readdir(folder, { withFileTypes: true })).filter((each) => each.isFile() && TEXT.test(each.name));
  const read = async (/** @type {string} */ name) => new Set((await readFile(join(folder, name), "utf8")).match(/[\w-]+/g) ?? []);
  const all = await Promise.all(files.map(async ({ name }) => ({ name, words: await read(name) })));
  const together = (/** @type {typeof all} */ some) => new Set(some.flatMap(({ words }) => [...words]));
  return {
    here: together(all.filter(({ name }) => !ELSEWHERE.has(name))),
    elsewhere: together(all.filter(({ name }) => ELSEWHERE.has(name))),
  };
}

/** Splits at a sign that stands in no brackets. @param {string} text @param {string} sign */
function parts(text, sign) {
  const found = [""];
  let depth = 0;
  for (const each of text) {
    if ("([".includes(each)) depth += 1;
    if (")]".includes(each)) depth -= 1;
    if (each === sign && !depth) found.push("");
    else found[found.length - 1] += each;
  }
  return found;
}

/** Each rule of a sheet: what stands before its braces, and between them. @param {string} css @returns {[string, string][]} */
function rules(css) {
  /** @type {[string, string][]} */
  const found = [];
  let begin = 0;
  while (css.indexOf("{", begin) >= 0) {
    const open = css.indexOf("{", begin);
    let [depth, end] = [1, open];
    while (depth) {
      end += 1;
      if (end >= css.length) throw new Error(`a brace is not closed: ${css.slice(open - 40, open)}`);
      if (css[end] === "{") depth += 1;
      if (css[end] === "}") depth -= 1;
    }
    found.push([css.slice(begin, open).trim(), css.slice(open + 1, end)]);
    begin = end + 1;
  }
  return found;
}

/**
 * What is left of a sheet without the selectors that need one of these classes. What is in brackets decides nothing: it
 * may say what must not be there.
 * @param {string} css @param {(name: string) => boolean} isForeign
 * @returns {string}
 */
export function without(css, isForeign) {
  const kept = rules(css.replaceAll(/\/\*[\s\S]*?\*\//g, "")).map(([head, body]) => {
    if (head.startsWith("@")) {
      const inner = /^@(?:media|supports|container)\b/.test(head) ? without(body, isForeign) : body;
      return inner.trim() && `${head}{${inner}}`;
    }
    const selectors = parts(head, ",").filter((selector) => {
      const outside = selector.replaceAll(/\([^()]*(?:\([^()]*\)[^()]*)*\)/g, "");
      return ![...outside.matchAll(/\.([\w-]+)/g)].some(([, name]) => isForeign(name));
    });
    return selectors.length && `${selectors.join(",")}{${body}}`;
  });
  return kept.filter(Boolean).join("\n");
}

/** The classes of a kind that no phone has; others, such as `row`, have rules of their own elsewhere. @param {string} folder */
export async function foreign(folder) {
  const { here, elsewhere } = await mentioned(folder);
  return new Set([...elsewhere].filter((word) => word.startsWith("k-") && !here.has(word)));
}

/** The style sheet of a kind, for phones. @param {string} folder */
export async function phoneStyle(folder) {
  const words = await foreign(folder);
  return without(await readFile(join(folder, "style.css"), "utf8"), (name) => words.has(name));
}
