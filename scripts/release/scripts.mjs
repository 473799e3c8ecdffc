// The provider's two scripts, each as one function expression: that is what vm.Script can cache and run.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundle } from "../build/bundle.mjs";
import { executable } from "../build/provider.mjs";

/**
 * @typedef {object} Scripts
 * @property {string} provider
 * @property {string} client
 * @property {readonly string[]} packages  names of the npm packages within
 */

/** @returns {Promise<Scripts>} */
export async function bundleScripts() {
  const folder = mkdtempSync(join(tmpdir(), "openai-bundle-"));
  try {
    const { inputs } = await bundle(folder);
    const read = (/** @type {string} */ name) =>
      readFileSync(join(folder, name), "utf8").replace(/^#!.*\n/, "");
    return {
      provider: asFunction(read(executable)),
      client: asFunction(read("client.cjs")),
      packages: [...new Set([...packagesOf(Object.keys(inputs)), "undici"])].sort(),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {Scripts} scripts @param {string} folder */
export function writeScripts(scripts, folder) {
  writeFileSync(join(folder, "provider.cjs"), scripts.provider);
  writeFileSync(join(folder, "client.cjs"), scripts.client);
}

/** @param {string} script */
function asFunction(script) {
  return `(function (exports, require, module) {${script}\n})`;
}

/** @param {readonly string[]} files */
function packagesOf(files) {
  return files.flatMap((file) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? []);
}
