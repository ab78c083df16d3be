// Copies what browsers need from node_modules into static/vendor/, which is not committed.
import { copyFile, mkdir, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

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
for (const face of ["400-normal", "400-italic", "700-normal"]) {
  const name = `atkinson-hyperlegible-latin-${face}.woff2`;
  wanted[`fonts/${name}`] = `${font}/files/${name}`;
}

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
// For `tsc`, which finds the types of a package by its name.
for (const [name, source] of [["socket.io.esm.min", "socket.io-client"], ["idiomorph.esm", "idiomorph"], ["lean-qr", "lean-qr"]]) {
  await writeFile(join(target, `${name}.d.ts`), `export * from "${source}";\n`);
}
console.log(`${Object.keys(wanted).length} files in static/vendor`);
