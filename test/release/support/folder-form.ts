import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "../../support/root.ts";
import type { Cleanup } from "../../support/terraform.ts";
import { release, runProgram, temporaryFolder } from "./release.ts";

/**
 * A package of the form that macOS gets, with Node and the scripts side by side, for this machine and without code caches.
 * @returns the folder with the launcher and libexec
 */
export async function folderForm(test: Cleanup): Promise<string> {
  const folder = temporaryFolder(test, "folder-form-");
  const url = (name: string) => JSON.stringify(pathToFileURL(join(root, "scripts/release", name)).href);
  const script = `
    const [{ platformNamed }, { bundleScripts }, { placeScripts, placeLauncher }] =
      await Promise.all([import(${url("platforms.mjs")}), import(${url("scripts.mjs")}), import(${url("stage.mjs")})]);
    const [folder, name] = process.argv.slice(1);
    const platform = platformNamed(name);
    placeScripts(platform, await bundleScripts(), folder);
    placeLauncher(platform, folder);`;
  const args = ["--input-type=module", "-e", script, folder, release().platform];
  const placed = await runProgram(process.execPath, args);
  if (placed.code !== 0) throw new Error(placed.stderr);
  return folder;
}
