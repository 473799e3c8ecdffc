// Zips a staged package, holds it to its limit, and prints what weighs how much in it.
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { deflateRawSync } from "node:zlib";
import { nameOf } from "./platforms.mjs";
import { Refusal } from "./refusal.mjs";

const zip = fileURLToPath(new URL("./zip.mjs", import.meta.url));

/**
 * @param {import("./platforms.mjs").Platform} platform @param {string} node @param {string} folder
 * @param {string} file
 */
export function pack(platform, node, folder, file) {
  const packed = spawnSync(node, [zip, folder, file], { encoding: "utf8" });
  if (packed.status !== 0)
    throw new Refusal(`${file} cannot be written: ${packed.stderr.match(/^\w*Error: .*/m)?.[0]}`);
  const size = statSync(file).size;
  console.log(`${nameOf(platform)}: ${megabytes(size)}`);
  for (const [what, bytes] of parts(folder, size)) console.log(`  ${megabytes(bytes).padStart(8)}  ${what}`);
  if (size > platform.limitMB * 1e6)
    throw new Refusal(
      `${file} weighs ${megabytes(size)}; the limit for ${nameOf(platform)} is ${platform.limitMB} MB.`,
    );
}

/**
 * Sizes within the zip; the runtime is the rest.
 * @param {string} folder @param {number} total @returns {[string, number][]}
 */
function parts(folder, total) {
  /** @type {Map<string, number>} */
  const sizes = new Map();
  let small = 0;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile() || entry.name === "node" || entry.name.endsWith(".exe")) continue;
    const bytes = deflateRawSync(readFileSync(path)).length;
    small += bytes;
    sizes.set(kindOf(path), (sizes.get(kindOf(path)) ?? 0) + bytes);
  }
  return [["Node", total - small], ...sizes];
}

/** @param {string} path */
function kindOf(path) {
  if (path.includes("/libexec/lib/")) return "C and C++ libraries";
  if (path.endsWith(".cache")) return "code cache";
  if (path.endsWith(".cjs")) return "the provider's scripts";
  return "launcher, licences and papers";
}

/** @param {number} bytes */
function megabytes(bytes) {
  return `${(bytes / 1e6).toFixed(2)} MB`;
}
