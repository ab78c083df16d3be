// One script and one style sheet for each page, in static/built/, which is not committed. They are made of the small
// modules in static/ and of what kinds have in their folders: minified, with a hash of their content in their names,
// and compressed beforehand. Does nothing when nothing changed.
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";
import { client } from "./client.mjs";
import { markup } from "./markup.mjs";
import { phoneStyle } from "./phone-styles.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const [target, fresh] = ["built", "built.new"].map((name) => join(root, "static", name));
const kinds = join(root, "trainer", "kinds");

const SCRIPTS = ["first", "first_screen", "phone", "control", "screen", "organiser", "prepare", "agreement_page", "my_notebook", "notebook_part", "aloud", "plan", "editing", "editing_text"];
// Two scripts that may be on one page, each with its own copies of what both need.
const TOGETHER = ["phone", "notebook_part"];
// What a module remembers.
const MEMORY = /^(?:export )?(?:let |const \w+ = new )/m;
// Templates that scripts bring.
const BROUGHT = ["templates/notebook", "templates/out_of_reach"];
/** @type {Record<string, string[]>} */
const SHEETS = {
  phone: ["tokens", "base", "live", "phone", "kinds-phone"],
  control: ["tokens", "bold", "base", "live", "dial", "control", "kinds"],
  screen: ["tokens", "tokens_dark", "bold", "base", "live", "dial", "screen", "kinds"],
  organiser: ["tokens", "bold", "base", "organiser", "outputs", "plan", "texts", "harvest"],
  prepare: ["tokens", "bold", "base", "organiser", "outputs", "plan", "texts", "prepare", "kinds"],
  editing: ["tokens", "bold", "base", "organiser", "texts", "editing"],
  paper: ["tokens", "bold", "base", "organiser", "paper", "kinds"],
};
const COMPRESSED = /\.(?:js|css)$/;
const HASH = /-[A-Z0-9]{8}(?=\.\w+$)/;

/** The kinds that have this file, by their folders. @param {string} name */
async function kindsWith(name) {
  const folders = (await readdir(kinds)).sort();
  return folders.filter((folder) => existsSync(join(kinds, folder, name)));
}

/** Everything that the outcome depends on. */
async function sources() {
  const folders = ["static/css", "static/js", "static/vendor", "static/vendor/fonts", ...BROUGHT].map((folder) => join(root, folder));
  const ofKinds = (await kindsWith("style.css")).map((folder) => join(kinds, folder));
  const lists = [...folders, kinds, ...ofKinds].map(async (folder) => {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isFile() && !entry.name.startsWith(".")).map(({ name }) => join(folder, name));
  });
  const tools = ["tools/bundle.mjs", "tools/client.mjs", "tools/markup.mjs", "tools/phone-styles.mjs", "package-lock.json"].map((name) => join(root, name));
  return [...(await Promise.all(lists)).flat().sort(), ...tools];
}

async function fingerprint() {
  const hash = createHash("sha256");
  for (const path of await sources()) hash.update(`${relative(root, path)}\0`).update(await readFile(path)).update("\0");
  return hash.digest("hex").slice(0, 16);
}

/** A style sheet of a page is nothing but a list of others. */
const sheets = {
  name: "sheets",
  /** @param {import("esbuild").PluginBuild} build */
  setup(build) {
    build.onResolve({ filter: /^sheet:/ }, ({ path }) => ({ path: path.slice("sheet:".length), namespace: "sheet" }));
    build.onLoad({ filter: /.*/, namespace: "sheet" }, async ({ path }) => {
      const ofKinds = (await kindsWith("style.css")).map((folder) => join(kinds, folder, "style.css"));
      const files = SHEETS[path].flatMap((name) => {
        if (name === "kinds") return ofKinds;
        return name === "kinds-phone" ? ofKinds.map((file) => `phone:${file}`) : join(root, "static", "css", `${name}.css`);
      });
      return { contents: files.map((file) => `@import ${JSON.stringify(file)};`).join("\n"), loader: "css", resolveDir: root };
    });
    build.onResolve({ filter: /^phone:/ }, ({ path }) => ({ path: path.slice("phone:".length), namespace: "phone" }));
    build.onLoad({ filter: /.*/, namespace: "phone" }, async ({ path }) => ({ contents: await phoneStyle(dirname(path)), loader: "css" }));
  },
};

/** Only what stands in the body of a page is ever morphed. */
const HEADS = /(?<=function handleHeadElement\()[\s\S]*?\n {2}\}\n/;
const bodies = {
  name: "bodies",
  /** @param {import("esbuild").PluginBuild} build */
  setup(build) {
    build.onLoad({ filter: /[\\/]idiomorph\.esm\.js$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      if (!HEADS.test(text)) throw new Error("idiomorph has no handleHeadElement any more: look what became of it");
      return { contents: text.replace(HEADS, ") {}\n"), loader: "js" };
    });
  },
};

const templates = {
  name: "templates",
  /** @param {import("esbuild").PluginBuild} build */
  setup(build) {
    const folder = join(root, "templates");
    build.onLoad({ filter: /[\\/]templates[\\/].*\.html$/ }, async ({ path }) => ({ contents: await markup(folder, relative(folder, path)), loader: "text" }));
  },
};

/** All that is built: esbuild's files, by what they are called and what they say. */
async function built() {
  const { build } = await import("esbuild");
  /** @type {import("esbuild").BuildOptions} */
  const common = {
    absWorkingDir: root,
    bundle: true,
    minify: true,
    charset: "utf8",
    format: "esm",
    target: "es2022",
    outdir: target,
    write: false,
    metafile: true,
    entryNames: "[name]-[hash]",
    chunkNames: "[name]-[hash]",
    assetNames: "[name]-[hash]",
    conditions: ["import", "browser"],
    loader: { ".woff2": "file" },
    logLevel: "warning",
  };
  const scripts = join(root, "static", "js");
  const behaviours = (await kindsWith("behaviour.js")).map((folder) => ({
    in: join(kinds, folder, "behaviour.js"),
    out: `kind-${folder}`,
  }));
  // Each page by itself: pages share no pieces, which would be requests more.
  const results = await Promise.all([
    ...SCRIPTS.map((name) => build({ ...common, splitting: true, plugins: [client(root), bodies, templates], entryPoints: [join(scripts, `${name}.js`)] })),
    build({ ...common, entryPoints: behaviours }),
    build({
      ...common,
      target: "esnext",
      plugins: [sheets],
      entryPoints: Object.keys(SHEETS).map((name) => ({ in: `sheet:${name}`, out: name })),
    }),
  ]);
  for (const { metafile } of results) for (const [file, output] of Object.entries(metafile.outputs)) isOnePiece(file, output);
  await forgetful(TOGETHER.map((name) => Object.keys(results[SCRIPTS.indexOf(name)].metafile.inputs)));
  return results.flatMap(({ outputFiles }) => outputFiles);
}

/** What is imported later may share no module with what is there: that would be a piece, and a request, of its own. */
function isOnePiece(/** @type {string} */ file, /** @type {import("esbuild").Metafile["outputs"][string]} */ output) {
  const pieces = output.imports.filter(({ kind }) => kind === "import-statement");
  if (pieces.length) throw new Error(`${basename(file)} would need ${pieces.length} other files before it can begin`);
}

/** What two scripts of one page both have may remember nothing: each of them would. @param {string[][]} inputs */
async function forgetful([some, others]) {
  for (const file of some.filter((each) => others.includes(each))) {
    if (MEMORY.test(await readFile(join(root, file), "utf8"))) throw new Error(`${file} would be on a page twice, and remembers something`);
  }
}

/** Over plain HTTP browsers read gzip alone; zopfli makes it a few percent smaller than zlib can. @param {Uint8Array} contents */
async function compressed(contents) {
  const { default: zopfli } = await import("@gfx/zopfli");
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: contents.length };
  return { br: brotliCompressSync(contents, { params }), gz: await zopfli.gzipAsync(contents, { numiterations: 15 }) };
}

const inputs = await fingerprint();
const known = await readFile(join(target, "manifest.json"), "utf8").then(JSON.parse, () => ({}));
if (known.inputs !== inputs) {
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh, { recursive: true });
  /** @type {Record<string, string>} */
  const files = {};
  for (const { path, contents } of await built()) {
    const name = basename(path);
    files[name.replace(HASH, "")] = name;
    await writeFile(join(fresh, name), contents);
    if (!COMPRESSED.test(name)) continue;
    for (const [end, bytes] of Object.entries(await compressed(contents))) await writeFile(join(fresh, `${name}.${end}`), bytes);
  }
  const styled = await kindsWith("style.css");
  // Of what browsers get: a page need not be loaded again for anything else.
  const version = createHash("sha256").update(JSON.stringify(Object.values(files).sort())).digest("hex").slice(0, 16);
  await writeFile(join(fresh, "manifest.json"), `${JSON.stringify({ inputs, version, styled, files }, null, 2)}\n`);
  await rm(target, { recursive: true, force: true });
  await rename(fresh, target);
  console.log(`${Object.keys(files).length} files in static/built`);
}
