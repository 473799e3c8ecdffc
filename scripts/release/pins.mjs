// What a release is made of that is not in the lock file: exact versions and checksums.
import { readFileSync } from "node:fs";

/**
 * @typedef {object} Pins
 * @property {{ version: string, packages: Record<string, string> }} node  npm packages, with their integrity
 * @property {Record<string, { version: string, amd64: string, arm64?: string }>} debian  packages, with the SHA-256 of each
 */

/** @type {Pins} */
export const pins = JSON.parse(readFileSync(new URL("./runtimes.json", import.meta.url), "utf8"));
