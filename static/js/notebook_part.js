// What a live phone needs only in a course with a notebook. It is a script of its own, with its own copies of what the
// page's script has too: `tools/bundle.mjs` sees to it that these remember nothing.
export { startHandingOver } from "./handing_over.js";
export { startKeeping } from "./keeping.js";
