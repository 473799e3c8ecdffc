// Loads TypeScript of src into this process: bundled, since the oldest Node cannot read it.
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { build } from "esbuild";

/**
 * @param {string} contents  the text of a module beside package.json, whose exports are returned
 * @param {string} [root] the project's folder
 * @returns {Promise<any>}
 */
export async function loadSources(contents, root = ".") {
  // In the project, where packages are found.
  mkdirSync(join(root, "dist"), { recursive: true });
  const folder = mkdtempSync(join(resolve(root), "dist/loaded-"));
  try {
    const outfile = join(folder, "sources.cjs");
    await build({
      stdin: { contents, resolveDir: resolve(root), loader: "ts" },
      outfile,
      absWorkingDir: resolve(root),
      bundle: true,
      packages: "external",
      platform: "node",
      target: "node20",
      format: "cjs",
      logLevel: "warning",
    });
    return createRequire(outfile)(outfile);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
