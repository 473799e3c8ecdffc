// Bundles the provider into a folder: the executable, and undici beside it in a script of its own,
// which is loaded at the first request (three of the four starts of an apply never make one).
import { chmodSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { leanGrpc } from "./lean-grpc.mjs";
import { executable } from "./provider.mjs";

/** The script that holds undici, by its name beside the executable. */
const clientScript = "./client.cjs";

/** @type {import("esbuild").BuildOptions} */
const common = {
  bundle: true,
  platform: "node",
  target: "node20",
  // CommonJS: Node 20 to 24 cannot cache, embed or start an ES module without a file extension.
  format: "cjs",
  charset: "ascii",
  logLevel: "warning",
  legalComments: "none",
};

/** @type {import("esbuild").Plugin} */
const clientBeside = {
  name: "client-beside",
  setup(build) {
    build.onResolve({ filter: /\/undici\.ts$/ }, (args) =>
      args.kind === "dynamic-import" ? { path: clientScript, external: true } : undefined,
    );
  },
};

/** @param {string} folder @param {{ sourcemap?: boolean }} [options] for a debugger; nothing loads a map at run time */
export async function bundle(folder, { sourcemap = false } = {}) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const outfile = join(folder, executable);
  const result = await build({
    ...common,
    entryPoints: ["src/main.ts"],
    outfile,
    banner: { js: "#!/usr/bin/env node" },
    // import("./client.cjs") becomes a require, which needs no loader of ES modules at run time.
    supported: { "dynamic-import": false },
    plugins: [clientBeside, leanGrpc],
    metafile: true,
    sourcemap,
  });
  const client = join(folder, clientScript);
  await build({ ...common, entryPoints: ["src/openai/undici.ts"], outfile: client, sourcemap });
  chmodSync(outfile, 0o755);
  return result.metafile;
}
