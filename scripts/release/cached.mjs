// Downloads are kept below dist/cache, and count for nothing until their checksum was compared again.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

/** RELEASE_CACHE names another folder. */
export const cache = resolve(process.env.RELEASE_CACHE ?? "dist/cache");

/**
 * @typedef {object} Download
 * @property {string} name  of the file in the cache
 * @property {(folder: string) => string} fetch  gets an empty folder and returns the file that it put there
 * @property {(file: string) => void} check  throws unless the file is the pinned one
 * @property {(file: string, folder: string) => void} unpack
 */

/** Folders of this process, by the name of their download. @type {Map<string, string>} */
const folders = new Map();

process.on("exit", () => {
  for (const folder of folders.values()) rmSync(folder, { recursive: true, force: true });
});

/**
 * Gives a download's content in a folder, which is there until the process ends. It is unpacked anew,
 * from a file whose checksum was compared just before: whatever else could write to the cache, or to
 * what an earlier run unpacked, has no part in a release.
 *
 * @param {Download} download @returns {string} the folder
 */
export function unpacked({ name, fetch, check, unpack }) {
  const known = folders.get(name);
  if (known !== undefined) return known;
  const file = join(cache, name);
  if (!existsSync(file) || !passes(check, file)) download(file, fetch, check);
  const folder = mkdtempSync(join(tmpdir(), "openai-release-"));
  folders.set(name, folder);
  unpack(file, folder);
  return folder;
}

/**
 * A file takes its name only when it is complete and the right one, so that a run that breaks off, or
 * two at a time, leave nothing half-made.
 *
 * @param {string} file @param {Download["fetch"]} fetch @param {Download["check"]} check
 */
function download(file, fetch, check) {
  mkdirSync(cache, { recursive: true });
  const temporary = mkdtempSync(join(cache, ".new-"));
  try {
    const fetched = fetch(temporary);
    check(fetched);
    renameSync(fetched, file);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** @param {Download["check"]} check @param {string} file */
function passes(check, file) {
  try {
    check(file);
    return true;
  } catch {
    return false;
  }
}

/** @param {string} file @param {"sha256" | "sha512"} algorithm @param {"hex" | "base64"} encoding */
export function digestOf(file, algorithm, encoding) {
  return createHash(algorithm).update(readFileSync(file)).digest(encoding);
}
