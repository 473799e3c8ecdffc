// Lays out one platform's package in a folder, as the zip will hold it.
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { executable, version } from "../build/provider.mjs";
import { stripped } from "./elf.mjs";
import { launcher } from "./launcher.mjs";
import { copyLibraries } from "./libraries.mjs";
import { copyOwnPapers, writeLicenses } from "./licenses.mjs";
import { fetchRuntime } from "./runtime.mjs";
import { writeScripts } from "./scripts.mjs";
import { buildSingleExecutable } from "./single-executable.mjs";
import { warm } from "./warm.mjs";

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
  const main = join(folder, `${executable}_v${version}`);
  const { executable: runtime } = fetchRuntime(platform.runtime);
  if (platform.os === "windows") {
    buildSingleExecutable(node, runtime, scripts, `${main}.exe`);
    return "no code cache, so it starts slower: it is made on a machine of that platform";
  }
  const libexec = join(folder, "libexec");
  mkdirSync(libexec);
  placeRuntime(platform, runtime, join(libexec, "node"));
  if (platform.libraries !== undefined) copyLibraries(platform.libraries, join(libexec, "lib"));
  writeScripts(scripts, libexec);
  copyFileSync(fileURLToPath(new URL("./start.cjs", import.meta.url)), join(libexec, "start.cjs"));
  const note = await warm(platform, folder);
  // Whoever built this may have had a umask.
  chmodAll(libexec);
  writeFileSync(main, launcher(filesOf(folder), platform.libraries?.loader));
  chmodSync(main, 0o755);
  return note;
}

/** @param {import("./platforms.mjs").Platform} platform @param {string} runtime @param {string} target */
function placeRuntime(platform, runtime, target) {
  // On macOS it keeps its signature, which covers every byte.
  if (platform.os === "linux") writeFileSync(target, stripped(readFileSync(runtime)));
  else copyFileSync(runtime, target);
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
