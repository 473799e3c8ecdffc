// Starts the tests' OpenAI-compatible server within this process.
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

/** @returns {Promise<{ url: string, close(): Promise<void> }>} */
export async function startLocalServer() {
  const outfile = resolve(join("dist", "openai-server-module.mjs"));
  await build({
    entryPoints: ["test/support/openai-server/server.ts"],
    outfile,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "esm",
    logLevel: "warning",
  });
  const { startOpenAIServer } = await import(pathToFileURL(outfile).href);
  return startOpenAIServer();
}
