// What a phone shows only later, or when nothing can be fetched any more, comes with the script that shows it: once, and
// compressed. It is written in `templates/`, as all that people read, and pages may include it as well.
import { readFile } from "node:fs/promises";
import { join } from "node:path";

const REMARK = /\{#[\s\S]*?#\}/g;
const INCLUDE = /\{%\s*include '([\w/.]+)'\s*%\}/g;

/**
 * What a template says that knows nothing of who reads it: it may have remarks, and include others like it.
 * @param {string} templates the folder
 * @param {string} name
 * @returns {Promise<string>}
 */
export async function markup(templates, name) {
  const text = (await readFile(join(templates, name), "utf8")).replaceAll(REMARK, "");
  const others = new Map();
  for (const [, other] of text.matchAll(INCLUDE)) others.set(other, await markup(templates, other));
  const whole = text.replaceAll(INCLUDE, (_, other) => others.get(other));
  if (/\{[{%]/.test(whole)) throw new Error(`${name} asks something of the server, and a script brings it`);
  return whole.replaceAll(/\s*\n\s*/g, "\n").trim();
}
