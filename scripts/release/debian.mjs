// Debian packages, by the version and checksum in runtimes.json, with the ordinary apt-get.
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { cache, digestOf, unpacked } from "./cached.mjs";
import { pins } from "./pins.mjs";
import { Refusal } from "./refusal.mjs";

/** @param {string} name @param {"amd64" | "arm64"} arch @returns {string} the folder that holds its files */
export function fetchDebian(name, arch) {
  const pin = pins.debian[name];
  const checksum = pin?.[arch];
  if (pin === undefined || checksum === undefined)
    throw new Refusal(`scripts/release/runtimes.json pins no Debian package ${name} for ${arch}.`);
  const wanted = `${name}:${arch}=${pin.version}`;
  return unpacked({
    name: `${name}-${checksum.slice(0, 16)}-${arch}.deb`,
    fetch: (target) => download(wanted, arch, target),
    check(file) {
      if (digestOf(file, "sha256", "hex") !== checksum)
        throw new Refusal(`The Debian package ${wanted} is not the pinned one: its SHA-256 differs.`);
    },
    unpack(file, target) {
      if (spawnSync("dpkg-deb", ["-x", file, target]).status !== 0)
        throw new Refusal(`The Debian package ${wanted} cannot be unpacked by dpkg-deb.`);
    },
  });
}

/** @param {string} wanted @param {string} arch @param {string} target */
function download(wanted, arch, target) {
  // The machine's own package lists may lack the version, be missing, or know one architecture only.
  const attempts = [() => [], () => ownLists(arch)];
  let reason = "";
  for (const options of attempts) {
    const got = spawnSync("apt-get", ["-q", ...options(), "download", wanted], {
      cwd: target,
      encoding: "utf8",
    });
    if (got.error !== undefined) reason = "there is no apt-get here";
    else reason = got.stderr.match(/^E: .*/m)?.[0] ?? "";
    const [file] = readdirSync(target);
    if (got.status === 0 && file !== undefined) return join(target, file);
  }
  throw new Refusal(`The Debian 12 package ${wanted} cannot be had: ${reason}.`);
}

/** Package lists of our own for an architecture, which leave the machine's as they are. @param {string} arch */
function ownLists(arch) {
  const state = join(cache, `apt-${arch}`);
  mkdirSync(join(state, "lists/partial"), { recursive: true });
  mkdirSync(join(state, "archives/partial"), { recursive: true });
  const options = {
    "APT::Architecture": arch,
    "APT::Architectures::": arch,
    "Dir::State": state,
    "Dir::State::lists": join(state, "lists"),
    "Dir::State::status": "/dev/null",
    "Dir::Cache": state,
    "Acquire::Languages": "none",
    "APT::Sandbox::User": "root",
  };
  const list = Object.entries(options).flatMap(([key, value]) => ["-o", `${key}=${value}`]);
  spawnSync("apt-get", ["-q", ...list, "update"]);
  return list;
}
