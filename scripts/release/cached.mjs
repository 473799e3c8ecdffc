// Downloads are kept below dist/cache, each under the checksum it was pinned with.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";

/** RELEASE_CACHE names another folder. */
export const cache = resolve(process.env.RELEASE_CACHE ?? "dist/cache");

/**
 * Makes a folder of the cache once: `fill` gets an empty folder, which takes its name only when it is
 * complete, so that a run that breaks off, or two at a time, leave nothing half-made.
 *
 * @param {string} name @param {(folder: string) => void} fill @returns {string} the folder
 */
export function cachedFolder(name, fill) {
  const folder = join(cache, name);
  mkdirSync(cache, { recursive: true });
  if (existsSync(folder)) return folder;
  const temporary = mkdtempSync(join(cache, ".new-"));
  try {
    fill(temporary);
    renameSync(temporary, folder);
  } catch (error) {
    rmSync(temporary, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

/** @param {string} file @param {"sha256" | "sha512"} algorithm @param {"hex" | "base64"} encoding */
export function digestOf(file, algorithm, encoding) {
  return createHash(algorithm).update(readFileSync(file)).digest(encoding);
}
