// Copies what browsers need from node_modules into static/vendor/, which is not committed; of the fonts the letters that
// are used here.
import { copyFile, mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import subsetFont from "subset-font";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const modules = join(root, "node_modules");
const target = join(root, "static", "vendor");
const font = "@fontsource/atkinson-hyperlegible";

const wanted = {
  "socket.io.esm.min.js": "socket.io-client/dist/socket.io.esm.min.js",
  "socket.io.LICENSE": "socket.io-client/LICENSE",
  "idiomorph.esm.js": "idiomorph/dist/idiomorph.esm.js",
  "idiomorph.LICENSE": "idiomorph/LICENSE",
  "lean-qr.js": "lean-qr/index.mjs",
  "lean-qr.LICENSE": "lean-qr/LICENSE",
  "fonts/LICENSE": `${font}/LICENSE`,
};
// What is written in Dutch. Other letters come from the fonts of the phone, as those of Polish and Turkish always did. They
// are in no second file that is fetched when somebody types one: that would tell the network that somebody did.
const ASCII = Array.from({ length: 0x7f - 0x20 }, (_, at) => String.fromCodePoint(0x20 + at)).join("");
const LETTERS = `${ASCII}\u00a0ÀÁÄÇÈÉÊËÍÏÓÖÚÜàáâäçèéêëíîïñóôöúûü×·²°–—‘’“”„…•€`;
// Its copyright and its licence.
const NAMES = [0, 13, 14];

await rm(target, { recursive: true, force: true });
for (const [name, source] of Object.entries(wanted)) {
  const from = join(modules, source);
  await stat(from).catch(() => {
    console.error(`Missing ${source}: run 'npm ci' first.`);
    process.exit(1);
  });
  await mkdir(dirname(join(target, name)), { recursive: true });
  await copyFile(from, join(target, name));
}
for (const face of ["400-normal", "400-italic", "700-normal"]) {
  const name = `atkinson-hyperlegible-latin-${face}.woff2`;
  const whole = await readFile(join(modules, font, "files", name));
  const how = { targetFormat: "woff2", noHinting: true, noLayoutClosure: true, preserveNameIds: NAMES };
  const cut = await subsetFont(whole, LETTERS, how);
  await writeFile(join(target, "fonts", name), cut);
}
// For `tsc`, which finds the types of a package by its name.
for (const [name, source] of [["socket.io.esm.min", "socket.io-client"], ["idiomorph.esm", "idiomorph"], ["lean-qr", "lean-qr"]]) {
  await writeFile(join(target, `${name}.d.ts`), `export * from "${source}";\n`);
}
console.log(`${Object.keys(wanted).length + 3} files in static/vendor`);
