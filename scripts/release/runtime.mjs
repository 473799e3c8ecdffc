// The official Node of a platform, from the npm registry, by the checksum in runtimes.json.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { digestOf, unpacked } from "./cached.mjs";
import { pins } from "./pins.mjs";
import { Refusal } from "./refusal.mjs";

export const nodeVersion = pins.node.version;

/** @param {string} name npm package @returns {{ executable: string, license: string | undefined }} */
export function fetchRuntime(name) {
  const folder = unpacked({
    name: `${name}-${nodeVersion}.tgz`,
    fetch: (target) => download(name, target),
    check: (file) => check(name, file),
    unpack,
  });
  const bin = join(folder, "package/bin");
  const [executable = ""] = readdirSync(bin);
  const license = join(folder, "package/LICENSE");
  return { executable: join(bin, executable), license: existsSync(license) ? license : undefined };
}

/** @param {string} name @param {string} target */
function download(name, target) {
  const wanted = `${name}@${nodeVersion}`;
  const pack = spawnSync("npm", ["pack", wanted, "--silent", "--pack-destination", target], {
    encoding: "utf8",
    // There npm is a script of its shell.
    shell: process.platform === "win32",
  });
  const [archive] = readdirSync(target);
  if (pack.status !== 0 || archive === undefined)
    throw new Refusal(
      `The runtime package ${wanted} cannot be had from the npm registry: ${lastLine(pack.stderr)}`,
    );
  return join(target, archive);
}

/** @param {string} name @param {string} file */
function check(name, file) {
  const integrity = `sha512-${digestOf(file, "sha512", "base64")}`;
  if (pins.node.packages[name] !== integrity)
    throw new Refusal(
      `The runtime package ${name}@${nodeVersion} is not the pinned one: its integrity is ${integrity}.`,
    );
}

/** @param {string} file @param {string} target */
function unpack(file, target) {
  // The one for Windows has no LICENSE, which tar takes for an error after it has unpacked the rest.
  spawnSync("tar", ["-xzf", file, "-C", target, "--no-same-owner", "package/bin", "package/LICENSE"]);
  if (!existsSync(join(target, "package/bin")))
    throw new Refusal(`A runtime package holds no program in bin/, or tar could not unpack it: ${file}`);
}

/** @param {string} text */
function lastLine(text) {
  return text.trim().split("\n").at(-1) || "npm gave no reason";
}
