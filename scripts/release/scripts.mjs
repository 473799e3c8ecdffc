// The provider's scripts, each as one function expression: that is what vm.Script can cache and run.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { transformSync } from "esbuild";
import { answersFile } from "../build/answers.mjs";
import { bundle } from "../build/bundle.mjs";
import { executable } from "../build/provider.mjs";

/**
 * @typedef {object} Scripts
 * @property {ReadonlyMap<string, string | Buffer>} files  by name: `kernel.cjs` is the one that starts all
 * @property {readonly string[]} packages  names of the npm packages within
 */

/** @returns {Promise<Scripts>} */
export async function bundleScripts() {
  const folder = mkdtempSync(join(tmpdir(), "openai-bundle-"));
  try {
    const { sources } = await bundle(folder);
    /** @type {Map<string, string | Buffer>} */
    const files = new Map();
    for (const file of Object.keys(sources)) {
      const text = readFileSync(join(folder, file), "utf8").replace(/^#!.*\n/, "");
      files.set(file === executable ? "kernel.cjs" : file, asFunction(text));
    }
    files.set(answersFile, readFileSync(join(folder, answersFile)));
    return { files, packages: packagesOf(Object.values(sources).flat()) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {Scripts} scripts @param {string} folder */
export function writeScripts({ files }, folder) {
  for (const [name, content] of files) writeFileSync(join(folder, name), content);
}

/**
 * Without the space between words, which every process would copy. Names stay, and lines: a panic shows them.
 * @param {string} script
 */
function asFunction(script) {
  const text = `(function (exports, require, module) {${script}\n})`;
  return transformSync(text, {
    minifyWhitespace: true,
    lineLimit: 120,
    charset: "ascii",
    legalComments: "none",
  }).code;
}

/** @param {readonly string[]} files */
function packagesOf(files) {
  const names = files.flatMap((file) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? []);
  return [...new Set(names)].sort();
}
