// Loads the provider's declarations, which are TypeScript, for their names and descriptions.
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { build } from "esbuild";

/** @typedef {import("../../src/framework/index.ts").Provider<never>} Provider */

/** @returns {Promise<Provider>} */
export async function loadProvider() {
  const folder = mkdtempSync(join(resolve("dist", ".."), ".docs-"));
  try {
    const outfile = join(folder, "provider.cjs");
    await build({
      entryPoints: ["src/provider/provider.ts"],
      outfile,
      bundle: true,
      packages: "external",
      platform: "node",
      target: "node20",
      format: "cjs",
      logLevel: "warning",
    });
    return createRequire(import.meta.url)(outfile).openai({});
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
