import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { build } from "esbuild";

/** A new folder of the test file, gone when its tests are over. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "plugin-"));
  after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Bundles a program, packages included, and returns the command that runs it. */
export async function bundle(source: string, folder: string): Promise<string[]> {
  const outfile = join(folder, "program.cjs");
  await build({
    entryPoints: [source],
    outfile,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    logLevel: "error",
  });
  return [process.execPath, outfile];
}
