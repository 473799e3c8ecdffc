// Checks of a staged package for the platform that it says it is for: what cannot be run here can
// still be of the wrong format, architecture, or without its signature.
import { closeSync, openSync, readSync } from "node:fs";
import { join } from "node:path";
import { executable, version } from "../build/provider.mjs";
import { nameOf } from "./platforms.mjs";
import { Refusal } from "./refusal.mjs";

/** e_machine: elf(5). */
const ELF_MACHINES = new Map([
  ["amd64", 62],
  ["arm64", 183],
]);
/** IMAGE_FILE_MACHINE_AMD64: Microsoft's PE format. */
const PE_AMD64 = 0x8664;
/** MH_MAGIC_64 and LC_CODE_SIGNATURE: Apple's mach-o/loader.h. */
const MACH_MAGIC = 0xfeedfacf;
/** cputype in mach/machine.h. */
const MACH_MACHINES = new Map([
  ["amd64", 0x01000007],
  ["arm64", 0x0100000c],
]);
const MACH_CODE_SIGNATURE = 0x1d;
const MACH_HEADER = 32;

/** @param {import("./platforms.mjs").Platform} platform @param {string} folder */
export function verify(platform, folder) {
  const file = platform.os === "windows" ? `${executable}_v${version}.exe` : "libexec/node";
  const problem = checks[platform.os]?.(head(join(folder, file)), platform.arch);
  if (problem !== undefined) throw new Refusal(`${nameOf(platform)}: ${file} ${problem}.`);
  if (platform.libraries !== undefined) {
    const loader = head(join(folder, "libexec/lib", platform.libraries.loader));
    const wrong = elf(loader, platform.arch);
    if (wrong !== undefined) throw new Refusal(`${nameOf(platform)}: ${platform.libraries.loader} ${wrong}.`);
  }
}

/** @type {Readonly<Record<string, (bytes: Buffer, arch: string) => string | undefined>>} */
const checks = { linux: elf, darwin: machO, windows: pe };

/** @param {Buffer} bytes @param {string} arch */
function elf(bytes, arch) {
  if (bytes.toString("latin1", 0, 4) !== "\x7fELF") return "is no ELF program";
  return bytes.readUInt16LE(18) === ELF_MACHINES.get(arch) ? undefined : `is not for ${arch}`;
}

/** @param {Buffer} bytes @param {string} arch */
function machO(bytes, arch) {
  if (bytes.readUInt32LE(0) !== MACH_MAGIC) return "is no 64-bit Mach-O program";
  if (bytes.readUInt32LE(4) !== MACH_MACHINES.get(arch)) return `is not for ${arch}`;
  let command = MACH_HEADER;
  for (let left = bytes.readUInt32LE(16); left > 0; left -= 1) {
    if (bytes.readUInt32LE(command) === MACH_CODE_SIGNATURE) return undefined;
    command += bytes.readUInt32LE(command + 4);
  }
  return "has lost its signature";
}

/** @param {Buffer} bytes */
function pe(bytes) {
  const header = bytes.readUInt32LE(0x3c);
  if (bytes.toString("latin1", header, header + 4) !== "PE\0\0") return "is no Windows program";
  return bytes.readUInt16LE(header + 4) === PE_AMD64 ? undefined : "is not for amd64";
}

/** The first bytes, which hold all headers. @param {string} file */
function head(file) {
  const bytes = Buffer.alloc(64 * 1024);
  const descriptor = openSync(file, "r");
  readSync(descriptor, bytes);
  closeSync(descriptor);
  return bytes;
}
