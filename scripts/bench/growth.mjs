// Builds the provider with more objects, to measure what each costs: copies of the project in which the vector store is
// declared again and again, each time with a name of its own, a data source and a resource.
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { buildRelease } from "./contenders.mjs";
import { grownSources } from "./grown-sources.mjs";

const objects = "src/provider/objects";

/** What is changed in a copy; all else is the project's own. */
const copied = ["src", "scripts", "package.json"];
const linked = [
  "node_modules",
  "proto",
  "test",
  "terraform-examples",
  "LICENSE",
  "README.md",
  "CHANGELOG.md",
];

/**
 * @param {number} count  of further objects @param {string} folder  a new one
 * @returns {string | undefined} the release's zip; undefined where none can be built here
 */
export function grownRelease(count, folder) {
  grow(count, folder);
  return buildRelease(folder, join(folder, `grown-${count}`));
}

/** Lays out the project with further objects in a folder. @param {number} count @param {string} folder */
export function grow(count, folder) {
  mkdirSync(folder, { recursive: true });
  for (const name of copied) cpSync(name, join(folder, name), { recursive: true });
  for (const name of linked) symlinkSync(resolve(name), join(folder, name));
  const sources = grownSources(
    count,
    readFileSync(join(objects, "vector-store.ts"), "utf8"),
    readFileSync(join(objects, "index.ts"), "utf8"),
  );
  for (const [name, text] of sources) writeFileSync(join(folder, objects, name), text);
  const generated = spawnSync(process.execPath, ["scripts/generate.mjs"], { cwd: folder, encoding: "utf8" });
  if (generated.status !== 0) throw new Error(`The registry cannot be generated: ${generated.stderr}`);
}
