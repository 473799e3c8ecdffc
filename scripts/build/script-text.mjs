// The text of a script: an object of functions, one for each chunk. The kernel's script has the registry besides, by
// which all of them load each other.
import { asFunctionBody } from "./chunks.mjs";

/** @typedef {import("./chunks.mjs").Chunk & { name: string, map: string | undefined }} NamedChunk */

/** What the kernel does with its chunks: loads the first, and by it the others. */
const registry = `const loaded = new Map();
const defined = { "./kernel.cjs": chunks };
const fileOfBuild = require.file ?? ((name) => require("node:fs").readFileSync(\`\${__dirname}/\${name}\`));
function load(id) {
  const known = loaded.get(id);
  if (known !== undefined) return known;
  const at = id.indexOf("#");
  if (at < 0) return require(id);
  const script = id.slice(0, at);
  const chunk = (defined[script] ??= require(script))[id.slice(at + 1)];
  const exported = {};
  chunk(exported, load, fileOfBuild);
  loaded.set(id, exported);
  return exported;
}
`;

const shebang = "#!/usr/bin/env node\n";

/**
 * @param {string} script @param {readonly NamedChunk[]} chunks
 * @param {(path: string) => string} idOf  of a chunk: `./core.cjs#3`
 * @param {string | undefined} first  of the kernel: the chunk that starts all
 * @returns {{ text: string, map: string }}
 */
export function scriptText(script, chunks, idOf, first) {
  const opening =
    first === undefined
      ? '"use strict";\nmodule.exports = {\n'
      : `${shebang}"use strict";\nconst chunks = {\n`;
  let text = opening;
  /** @type {{ offset: { line: number, column: number }, map: unknown }[]} */
  const sections = [];
  for (const chunk of chunks) {
    text += `${idOf(chunk.name).replace(/.*#/, "")}(exports, require, fileOfBuild) {\n`;
    if (chunk.map !== undefined)
      sections.push({ offset: { line: text.split("\n").length - 1, column: 0 }, map: JSON.parse(chunk.map) });
    text += `${asFunctionBody(chunk, idOf)}\n},\n`;
  }
  text += "};\n";
  // What records code caches loads all chunks of all scripts.
  if (first !== undefined)
    text += `${registry}module.exports = { load, defined };\nload(${JSON.stringify(idOf(first))});\n`;
  return { text, map: JSON.stringify({ version: 3, file: script, sections }) };
}
