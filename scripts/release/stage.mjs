// Lays out one platform's package in a folder, as the zip will hold it.
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { executable, version } from "../build/provider.mjs";
import { stripped } from "./elf.mjs";
import { launcher, nodeFlags } from "./launcher.mjs";
import { copyLibraries } from "./libraries.mjs";
import { copyOwnPapers, writeLicenses } from "./licenses.mjs";
import { fetchRuntime } from "./runtime.mjs";
import { writeScripts } from "./scripts.mjs";
import { buildSingleExecutable } from "./single-executable.mjs";
import { trySingle } from "./try-single.mjs";
import { runnerOf, warm } from "./warm.mjs";

/**
 * @param {import("./platforms.mjs").Platform} platform @param {import("./scripts.mjs").Scripts} scripts
 * @param {string} node  the pinned Node of this machine @param {string} folder
 * @returns {Promise<string>} how its code cache was made, or why it has none
 */
export async function stage(platform, scripts, node, folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  copyOwnPapers(folder);
  writeLicenses(platform, scripts.packages, join(folder, "licenses"));
  const { executable: runtime } = fetchRuntime(platform.runtime);
  if (platform.os === "windows") return stageExe(scripts, node, runtime, folder);
  placeScripts(platform, scripts, folder);
  const note = await warm(platform, folder);
  if (platform.form === "single") intoOne(platform, node, folder);
  placeLauncher(platform, folder);
  return note;
}

/**
 * Node and the scripts beside it, in libexec: what the caches are recorded with, and on macOS the package.
 * @param {import("./platforms.mjs").Platform} platform @param {import("./scripts.mjs").Scripts} scripts
 * @param {string} folder
 */
export function placeScripts(platform, scripts, folder) {
  const libexec = join(folder, "libexec");
  mkdirSync(libexec, { recursive: true });
  const { executable: runtime } = fetchRuntime(platform.runtime);
  // On macOS it keeps its signature, which covers every byte.
  if (platform.os === "linux") writeFileSync(join(libexec, "node"), stripped(readFileSync(runtime)));
  else copyFileSync(runtime, join(libexec, "node"));
  chmodSync(join(libexec, "node"), 0o755);
  if (platform.libraries !== undefined) copyLibraries(platform.libraries, join(libexec, "lib"));
  writeScripts(scripts, libexec);
  copyFileSync(fileURLToPath(new URL("./start.cjs", import.meta.url)), join(libexec, "start.cjs"));
}

/**
 * The file that Terraform starts, which names all others.
 * @param {import("./platforms.mjs").Platform} platform @param {string} folder
 */
export function placeLauncher(platform, folder) {
  const libexec = join(folder, "libexec");
  // Whoever built this may have had a umask.
  chmodAll(libexec);
  const files = filesOf(folder);
  const flags = files.includes("libexec/start.cjs") ? [...nodeFlags, '"$here/libexec/start.cjs"'] : [];
  const main = join(folder, `${executable}_v${version}`);
  writeFileSync(main, launcher(files, platform.libraries?.loader, flags));
  chmodSync(main, 0o755);
}

/**
 * Puts the scripts, their caches and the answers into Node.
 * @param {import("./platforms.mjs").Platform} platform @param {string} node @param {string} folder
 */
function intoOne(platform, node, folder) {
  const libexec = join(folder, "libexec");
  const assets = join(folder, "assets");
  mkdirSync(assets);
  rmSync(join(libexec, "start.cjs"));
  for (const { name } of readdirSync(libexec, { withFileTypes: true }).filter((entry) => entry.isFile()))
    if (name !== "node") renameSync(join(libexec, name), join(assets, name));
  const parts = { node, runtime: join(libexec, "node"), assets, cutsIcu: platform.cutsIcu };
  const runner = runnerOf(platform);
  if (runner !== undefined) trySingle({ ...parts, through: [...runner, ...loaderOf(platform, libexec)] });
  const output = join(libexec, "single");
  buildSingleExecutable({ ...parts, output });
  renameSync(output, join(libexec, "node"));
  rmSync(assets, { recursive: true });
}

/** The command of the dynamic loader that comes along, on Linux. @param {import("./platforms.mjs").Platform} platform @param {string} libexec */
function loaderOf({ libraries }, libexec) {
  if (libraries === undefined) return [];
  const lib = resolve(libexec, "lib");
  return [join(lib, libraries.loader), "--inhibit-cache", "--library-path", lib];
}

/**
 * @param {import("./scripts.mjs").Scripts} scripts @param {string} node @param {string} runtime
 * @param {string} folder
 */
function stageExe(scripts, node, runtime, folder) {
  const assets = join(folder, "assets");
  mkdirSync(assets);
  writeScripts(scripts, assets);
  buildSingleExecutable({ node, runtime, assets, output: join(folder, `${executable}_v${version}.exe`) });
  rmSync(assets, { recursive: true });
  return "no code cache, so it starts slower: it is made on a machine of that platform";
}

/** @param {string} libexec */
function chmodAll(libexec) {
  for (const entry of readdirSync(libexec, { recursive: true, withFileTypes: true })) {
    const program = entry.name === "node" || entry.name.startsWith("ld-linux-");
    if (entry.isFile()) chmodSync(join(entry.parentPath, entry.name), program ? 0o755 : 0o644);
  }
}

/** @param {string} folder */
function filesOf(folder) {
  const names = readdirSync(join(folder, "libexec"), { recursive: true, withFileTypes: true });
  return names
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}
