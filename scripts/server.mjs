// Starts the tests' OpenAI-compatible server by hand: `node scripts/server.mjs [--port N] [--help]`.
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

const root = resolve(import.meta.dirname, "..");
const bundle = join(root, "dist/openai-server.mjs");

await build({
  entryPoints: [join(root, "test/support/openai-server/main.ts")],
  outfile: bundle,
  bundle: true,
  platform: "node",
  target: "node20",
  format: "esm",
  sourcemap: "inline",
  logLevel: "warning",
});

process.setSourceMapsEnabled(true);
const { main } = await import(pathToFileURL(bundle).href);
try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(`The server did not start: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}
